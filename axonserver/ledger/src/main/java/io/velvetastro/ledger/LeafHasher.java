package io.velvetastro.ledger;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Hashes one stored event after the other in the same bytes, without taking its metadata apart into objects. For one thread. */
public final class LeafHasher {
    private final MessageDigest digest = Hash.sha256();
    private final Fields record = new Fields("", 2048);
    private final PlainMetadata metadata = new PlainMetadata();

    /**
     * The hash of the leaf with these parts; see {@link Leaf}.
     *
     * @param envelope the metadata as it is stored, in JSON
     * @return null where the metadata is more than an object of plain texts, and has to be read
     */
    public @Nullable Hash hash(
            String log,
            String aggregateType,
            String aggregateId,
            long aggregateSequence,
            String eventId,
            String payloadType,
            String revision,
            long recordedMillis,
            byte[] payload,
            byte[] envelope) {
        if (!metadata.read(envelope)) return null;
        record.again((byte) 0);
        Leaf.begin(record, log, aggregateType, aggregateId, aggregateSequence);
        record.text(eventId)
                .text(payloadType)
                .text(revision)
                .number(recordedMillis)
                .blob(payload);
        int begun = record.begin();
        metadata.write(record);
        record.end(begun);
        digest.update(record.written(), 0, record.length());
        return Hash.of(digest.digest());
    }
}
