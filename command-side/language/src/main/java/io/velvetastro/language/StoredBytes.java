package io.velvetastro.language;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The streams as the bytes that lie in the store, for whoever proves that they are still what they were. */
public interface StoredBytes {
    /** Up to where every append has ended: whatever was stored before this call lies at or before it. */
    long complete();

    /** The next events of all streams behind a position, in the one order of the store, at most so many. */
    Chunk behind(long position, int most);

    /** The next events behind a position and up to another one, at which every append has ended; at most so many. */
    default Chunk between(long behind, long upTo, int most) {
        var chunk = behind(behind, most);
        return chunk.upTo() <= upTo
                ? chunk
                : new Chunk(
                        upTo,
                        chunk.rows().stream()
                                .filter(row -> row.position() <= upTo)
                                .toList());
    }

    /** Whether each row carries a MAC by which it is judged. */
    default boolean isVouchedFor() {
        return false;
    }

    /** Events that lie where the store has never put one, where nobody who follows it comes by; an honest store has none. */
    default List<Row> outside() {
        return List.of();
    }

    /** Those at these positions, in order; a position that holds no event of this tenant is left out. */
    List<Row> at(TenantId tenant, Collection<Long> positions);

    /** Where events of this tenant lie, by their ids; unknown ones are left out. */
    Map<String, Long> positions(TenantId tenant, Collection<String> ids);

    /** Where the decided events of one aggregate lie, in order. */
    List<Long> ofAggregate(TenantId tenant, String aggregate);

    /** Where the decided events of these aggregates lie, in order, at most so many. */
    List<Long> ofAggregates(TenantId tenant, Collection<String> aggregates, int most);

    /** Where the decided events lie that belong to this aggregate or name it, in order; reads all decisions. */
    List<Long> decidedAbout(TenantId tenant, String aggregate);

    /** Where the newest events of this tenant lie, of whatever stream, that name this id, in order, at most so many; reads all of the tenant's. */
    List<Long> naming(TenantId tenant, UUID id, int most);

    /** What the store as a whole promises and no longer keeps: that no event lies in it twice, and that it would refuse one; reads all of it. */
    default List<Flaw> flaws() {
        return List.of();
    }

    /** Something that no single row shows, by its place in the store. */
    record Flaw(String place, String what) {}

    /** All events behind the asked position up to {@code upTo}; there will never be others. */
    record Chunk(long upTo, List<Row> rows) {}

    /** What a row's own MAC says of it: a key that is not in the database has vouched for it since it was stored. */
    enum Vouched {
        INTACT,
        /** It is not what was stored, or was stored by somebody without the key. */
        CHANGED,
        /** It was stored before rows had MACs, or by a store that has none. */
        UNKNOWN
    }

    /**
     * One event as it lies in its table.
     *
     * @param tenant from the row's own column; absent for decisions, whose envelope alone names it
     * @param aggregate absent for an event that belongs to none, like its type
     */
    record Row(
            long position,
            Stream stream,
            @Nullable TenantId tenant,
            String id,
            Instant recordedAt,
            String payloadType,
            @Nullable String revision,
            byte[] payload,
            byte[] envelope,
            @Nullable String aggregateType,
            @Nullable String aggregate,
            long sequence,
            Vouched vouched) {
        /** A row for which nobody has vouched yet. */
        public Row(
                long position,
                Stream stream,
                @Nullable TenantId tenant,
                String id,
                Instant recordedAt,
                String payloadType,
                @Nullable String revision,
                byte[] payload,
                byte[] envelope,
                @Nullable String aggregateType,
                @Nullable String aggregate,
                long sequence) {
            this(
                    position,
                    stream,
                    tenant,
                    id,
                    recordedAt,
                    payloadType,
                    revision,
                    payload,
                    envelope,
                    aggregateType,
                    aggregate,
                    sequence,
                    Vouched.UNKNOWN);
        }

        public Row vouched(Vouched vouched) {
            return new Row(
                    position,
                    stream,
                    tenant,
                    id,
                    recordedAt,
                    payloadType,
                    revision,
                    payload,
                    envelope,
                    aggregateType,
                    aggregate,
                    sequence,
                    vouched);
        }
    }
}
