package io.velvetastro.engines.rules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The heuristics in force. */
public record RuleBook(List<Rule> rules) {
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
            "impossible-travel");

    /** What is not understood is an error, never silence. */
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public static RuleBook builtIn() {
        return new RuleBook(BUILT_IN.stream().map(RuleBook::builtIn).toList());
    }

    /** Reads one rule. */
    public static Rule read(InputStream yaml) throws IOException {
        return YAML.readValue(yaml, Rule.class);
    }

    private static Rule builtIn(String id) {
        try (var yaml = RuleBook.class.getResourceAsStream("/rules/" + id + ".yaml")) {
            if (yaml == null) throw new IllegalStateException("rule " + id + " is missing");
            return read(yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException("rule " + id + " cannot be read", broken);
        }
    }
}
