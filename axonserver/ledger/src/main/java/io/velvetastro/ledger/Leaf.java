package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * One stored event as the ledger sees it: the exact stored bytes and everything that gives them meaning, but no position in a store, so that proofs survive a move between stores.
 *
 * @param log the opaque name of the organisation's log
 * @param aggregateSequence the number within the aggregate; -1 for a plain event, which has no aggregate
 * @param payload the bytes as stored; the caller no longer changes them
 */
public record Leaf(
        String log,
        String aggregateType,
        String aggregateId,
        long aggregateSequence,
        String eventId,
        String payloadType,
        String revision,
        long recordedMillis,
        byte[] payload,
        Metadata metadata) {

    private static final byte[] DOMAIN = "velvetastro.io/leaf@v1\n".getBytes(US_ASCII);
    private static final byte[] NO_SEQUENCE = new byte[0];

    /** A leaf for an event that belongs to no aggregate; both kinds of store keep other things in those columns. */
    public static Leaf plain(
            String log,
            String eventId,
            String payloadType,
            String revision,
            long recordedMillis,
            byte[] payload,
            Metadata metadata) {
        return new Leaf(log, "", "", -1, eventId, payloadType, revision, recordedMillis, payload, metadata);
    }

    public boolean isPlain() {
        return aggregateSequence < 0;
    }

    /** The bytes under the leaf hash; {@code docs/ledger.md} describes them for others. */
    public byte[] encoded() {
        var fields = new Fields("", 512 + payload.length);
        write(fields);
        return fields.toBytes();
    }

    /** Encodes behind whatever is written already. */
    void write(Fields fields) {
        begin(fields, log, aggregateType, aggregateId, aggregateSequence);
        fields.text(eventId)
                .text(payloadType)
                .text(revision)
                .number(recordedMillis)
                .blob(payload);
        var begun = fields.begin();
        metadata.write(fields);
        fields.end(begun);
    }

    static void begin(Fields fields, String log, String aggregateType, String aggregateId, long aggregateSequence) {
        fields.ascii(DOMAIN).text(log).text(aggregateType).text(aggregateId);
        if (aggregateSequence < 0) fields.blob(NO_SEQUENCE);
        else fields.number(aggregateSequence);
    }

    public Hash hash() {
        return Hash.leaf(encoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Leaf leaf && Arrays.equals(encoded(), leaf.encoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded());
    }

    @Override
    public String toString() {
        return "Leaf[" + payloadType + " " + eventId + "]";
    }
}
