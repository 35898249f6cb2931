package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The quick way comes to the same hash as the leaf itself, or says that it cannot. */
class LeafHasherProperties {
    private final LeafHasher hasher = new LeafHasher();

    @Property(tries = 500)
    void plainMetadataGivesTheLeafsOwnHash(@ForAll("plain") Map<String, String> texts, @ForAll boolean decided) {
        var payload = "{\"n\":1}".getBytes(UTF_8);
        var leaf = decided
                ? new Leaf("log", "Incident", "a-1", 3, "id", "type", "1", 7, payload, Metadata.ofTexts(texts))
                : Leaf.plain("log", "id", "type", "1", 7, payload, Metadata.ofTexts(texts));
        assertThat(hash(leaf, json(texts))).isEqualTo(leaf.hash());
    }

    @Example
    void whateverIsMoreThanPlainTextsIsLeftToOthers() {
        var leaf = Leaf.plain("log", "id", "type", "1", 7, new byte[0], Metadata.NONE);
        assertThat(hash(leaf, "{}")).isEqualTo(leaf.hash());
        for (var other : List.of(
                "",
                "{",
                "[]",
                "{\"a\":1}",
                "{\"a\":null}",
                "{\"a\":{\"b\":\"c\"}}",
                "{\"a\":\"b\\u0041\"}",
                "{\"a\":\"\u00e9\"}",
                "{\"a\":\"b\"} ",
                "{ \"a\":\"b\"}",
                "{\"a\":\"b\",}",
                "{\"a\":\"b\"}{}",
                "{\"a\":\"b\",\"c\":\"d\",\"a\":\"e\"}",
                "{\"a\":\"b",
                "{\"a\":\"b\n\"}",
                "{\"a\"}")) assertThat(hash(leaf, other)).as(other).isNull();
    }

    @Example
    void moreEntriesThanItHasRoomForAreLeftToOthers() {
        var leaf = Leaf.plain("log", "id", "type", "1", 7, new byte[0], Metadata.NONE);
        var many = java.util.stream.IntStream.range(0, 33)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(hash(leaf, many)).isNull();
    }

    private Hash hash(Leaf leaf, String json) {
        return hasher.hash(
                leaf.log(),
                leaf.aggregateType(),
                leaf.aggregateId(),
                leaf.aggregateSequence(),
                leaf.eventId(),
                leaf.payloadType(),
                leaf.revision(),
                leaf.recordedMillis(),
                leaf.payload(),
                json.getBytes(UTF_8));
    }

    private static String json(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> "\"" + text.getKey() + "\":\"" + text.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Provide
    Arbitrary<Map<String, String>> plain() {
        var text = Arbitraries.strings()
                .withCharRange(' ', '~')
                .excludeChars('"', '\\')
                .ofMaxLength(20);
        return Arbitraries.maps(text, text).ofMaxSize(12);
    }
}
