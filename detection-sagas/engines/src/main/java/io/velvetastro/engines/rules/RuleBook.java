package io.velvetastro.engines.rules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The heuristics in force.
 *
 * @param texts by the rule's id the file it was read from, for whoever wants to know what judged
 */
public record RuleBook(List<Rule> rules, Map<String, String> texts) {
    private static final List<String> BUILT_IN = List.of(
            "brute-force",
            "distributed-brute-force",
            "slow-guessing",
            "password-spraying",
            "credential-stuffing",
            "success-after-failures",
            "success-after-slow-guessing",
            "success-after-distributed-failures",
            "success-after-spraying",
            "success-in-stuffing",
            "impossible-travel",
            "denied-sign-in",
            "denied-try");

    /** What is not understood is an error, never silence. */
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public static RuleBook builtIn() {
        var rules = new ArrayList<Rule>();
        var texts = new LinkedHashMap<String, String>();
        for (var id : BUILT_IN) {
            var text = builtIn(id);
            rules.add(parsed(id, text));
            texts.put(id, text);
        }
        return new RuleBook(List.copyOf(rules), Map.copyOf(texts));
    }

    /** Reads one rule. */
    public static Rule read(InputStream yaml) throws IOException {
        return YAML.readValue(yaml, Rule.class);
    }

    private static Rule parsed(String id, String text) {
        try {
            var rule = YAML.readValue(text, Rule.class);
            if (!rule.id().equals(id)) throw new IllegalStateException("rule " + id + " calls itself " + rule.id());
            return rule;
        } catch (IOException broken) {
            throw new UncheckedIOException("rule " + id + " cannot be read", broken);
        }
    }

    private static String builtIn(String id) {
        try (var yaml = RuleBook.class.getResourceAsStream("/rules/" + id + ".yaml")) {
            if (yaml == null) throw new IllegalStateException("rule " + id + " is missing");
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("rule " + id + " cannot be read", broken);
        }
    }
}
