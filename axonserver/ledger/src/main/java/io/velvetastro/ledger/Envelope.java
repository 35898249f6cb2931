package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.LinkedHashMap;

/** Everything of a leaf but its payload, as readable lines with exactly one spelling; together with the payload's bytes it gives the leaf back. */
final class Envelope {
    private static final String HEADER = "velvetastro.io/envelope@v1";

    private Envelope() {}

    static byte[] write(Leaf leaf) {
        var text = new StringBuilder(HEADER).append('\n');
        line(text, "log", leaf.log());
        if (!leaf.isPlain()) {
            line(text, "aggregate-type", leaf.aggregateType());
            line(text, "aggregate-id", leaf.aggregateId());
            line(text, "aggregate-sequence", Long.toString(leaf.aggregateSequence()));
        }
        line(text, "event-id", leaf.eventId());
        line(text, "type", leaf.payloadType());
        line(text, "revision", leaf.revision());
        line(text, "recorded", Long.toString(leaf.recordedMillis()));
        leaf.metadata()
                .entries()
                .forEach((key, value) ->
                        line(text, (value.isText() ? "meta " : "meta-json ") + Text.escaped(key), value.content()));
        return text.toString().getBytes(UTF_8);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(Text.escaped(value)).append('\n');
    }

    static Leaf read(byte[] envelope, byte[] payload) {
        var lines = new Lines(Text.utf8(envelope, "envelope"));
        lines.require(HEADER);
        var log = lines.value("log");
        var aggregated = lines.isNext("aggregate-type");
        var type = aggregated ? lines.value("aggregate-type") : "";
        var id = aggregated ? lines.value("aggregate-id") : "";
        var sequence = aggregated ? Text.number(lines.value("aggregate-sequence"), "envelope") : -1;
        var leaf = new Leaf(
                log,
                type,
                id,
                sequence,
                lines.value("event-id"),
                lines.value("type"),
                lines.value("revision"),
                Text.number(lines.value("recorded"), "envelope"),
                payload,
                metadata(lines));
        if (!java.util.Arrays.equals(write(leaf), envelope)) {
            throw new NotProven(Reason.MALFORMED, "envelope", "its only spelling", "another");
        }
        return leaf;
    }

    private static Metadata metadata(Lines lines) {
        var entries = new LinkedHashMap<String, Metadata.Value>();
        while (lines.hasNext()) {
            var isText = lines.isNext("meta");
            var words = lines.rest(isText ? "meta" : "meta-json").split(" ", -1);
            if (words.length != 2)
                throw new NotProven(Reason.MALFORMED, "envelope", "meta <key> <value>", Text.shown(words[0]));
            entries.put(
                    Text.unescaped(words[0], "envelope"),
                    new Metadata.Value(isText, Text.unescaped(words[1], "envelope")));
        }
        return Metadata.of(entries);
    }

    /** The lines of an envelope, taken one after the other. */
    private static final class Lines {
        private final String[] lines;
        private int next;

        Lines(String text) {
            lines = text.split("\n", -1);
        }

        boolean hasNext() {
            return next < lines.length - 1;
        }

        boolean isNext(String name) {
            return lines[next].startsWith(name + " ");
        }

        void require(String line) {
            if (!lines[next].equals(line))
                throw new NotProven(Reason.MALFORMED, "envelope", line, Text.shown(lines[next]));
            next++;
        }

        String rest(String name) {
            if (next >= lines.length) throw new NotProven(Reason.MALFORMED, "envelope", name, "the end");
            return Text.after(name + " ", lines[next++], "envelope");
        }

        String value(String name) {
            return Text.unescaped(rest(name), "envelope");
        }
    }
}
