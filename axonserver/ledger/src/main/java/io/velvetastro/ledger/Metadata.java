package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event's metadata in the one order that two stores agree on: by the bytes of the key. A text and a number with the same digits stay different.
 */
public final class Metadata {
    public static final Metadata NONE = new Metadata(Map.of());

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned);

    private final TreeMap<String, Value> entries = new TreeMap<>(BY_BYTES);

    private Metadata(Map<String, Value> entries) {
        this.entries.putAll(entries);
    }

    public static Metadata of(Map<String, Value> entries) {
        return new Metadata(entries);
    }

    public static Metadata ofTexts(Map<String, String> texts) {
        var entries = new TreeMap<String, Value>(BY_BYTES);
        texts.forEach((key, value) -> entries.put(key, Value.text(value)));
        return new Metadata(entries);
    }

    /** One value: a text, or any other JSON as its source text. */
    public record Value(boolean isText, String content) {
        public static Value text(String content) {
            return new Value(true, content);
        }

        public static Value json(String source) {
            return new Value(false, source);
        }
    }

    public Map<String, Value> entries() {
        return java.util.Collections.unmodifiableMap(entries);
    }

    byte[] encoded() {
        var fields = new Fields("", 32 + entries.size() * 64);
        write(fields);
        return fields.toBytes();
    }

    void write(Fields fields) {
        entries.forEach(
                (key, value) -> fields.text(key).tag(value.isText() ? 's' : 'j').text(value.content()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata metadata && entries.equals(metadata.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
