package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf says of an alert of the house's own: which rule judged, by which text, and on which events.
 *
 * @param series the attack it belongs to
 * @param ruleHash the SHA-256 of the rule's text in hexadecimal; null where findings did not name it yet
 * @param count how many events it rests on; of very many it names the first and the latest
 * @param evidence the events it names
 */
record Finding(
        String id,
        String series,
        String rule,
        String version,
        @Nullable String ruleHash,
        long count,
        List<String> evidence) {
    private static final String TYPE = "io.velvetastro.language.FindingRaised";
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern ID = Pattern.compile(UUID);
    /** By the names of the fields: a quote within a text is escaped, so nobody's words can look like them. */
    private static final Pattern NAMED = Pattern.compile("\"id\":\"(" + UUID + ")\",\"series\":\"(" + UUID + ")\"");

    private static final Pattern RULE =
            Pattern.compile("\"rule\":\"([A-Za-z0-9._-]{1,100})\",\"ruleVersion\":(\\d{1,9})[,}]");
    private static final Pattern EVIDENCE =
            Pattern.compile("\"count\":(\\d{1,18}),\"evidence\":\\[((?:\"" + UUID + "\",?){0,200}+)]");
    private static final Pattern RULE_HASH = Pattern.compile("\"ruleHash\":\"([0-9a-f]{64})\"");

    /** The finding that a leaf records, if it records one. */
    static Optional<Finding> of(Leaf leaf) {
        if (!leaf.payloadType().equals(TYPE)) return Optional.empty();
        var text = new String(leaf.payload(), UTF_8);
        var named = NAMED.matcher(text);
        var rule = RULE.matcher(text);
        var evidence = EVIDENCE.matcher(text);
        var hash = RULE_HASH.matcher(text);
        if (!named.find() || !rule.find() || !evidence.find()) return Optional.empty();
        return Optional.of(new Finding(
                named.group(1),
                named.group(2),
                rule.group(1),
                rule.group(2),
                hash.find() ? hash.group(1) : null,
                Long.parseLong(evidence.group(1)),
                ID.matcher(evidence.group(2)).results().map(MatchResult::group).toList()));
    }

    String words() {
        return rule + " version " + version;
    }
}
