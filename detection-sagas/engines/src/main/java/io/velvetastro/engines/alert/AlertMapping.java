package io.velvetastro.engines.alert;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.velvetastro.engines.Digest;
import io.velvetastro.language.FindingRaised.Technique;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what an alert of another tool means here, by its name. The first entry that matches counts. */
public final class AlertMapping {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Where one file ends and the next one begins in {@link #text()}. */
    private static final String BETWEEN_FILES = "\n---\n";

    private final List<Entry> entries;
    private final Meaning unknown;
    private final String text;

    private AlertMapping(List<Entry> entries, Meaning unknown, String text) {
        this.entries = entries;
        this.unknown = unknown;
        this.text = text;
    }

    public static AlertMapping builtIn() {
        try (var yaml = AlertMapping.class.getResourceAsStream("/alerts/mapping.yaml")) {
            if (yaml == null) throw new IllegalStateException("the alert mapping is missing");
            var text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            var book = YAML.readValue(text, Book.class);
            var unknown = requireNonNull(book.unknown(), "the alert mapping says nothing of unknown names");
            return new AlertMapping(book.entries().stream().map(Entry::new).toList(), Meaning.of(unknown), text);
        } catch (IOException broken) {
            throw new UncheckedIOException("the alert mapping cannot be read", broken);
        }
    }

    /** This mapping with others' entries asked first; what they say of unknown names counts too, where they say it. */
    public AlertMapping preferring(InputStream yaml) throws IOException {
        var theirs = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        var book = YAML.readValue(theirs, Book.class);
        return new AlertMapping(
                Stream.concat(book.entries().stream().map(Entry::new), entries.stream())
                        .toList(),
                book.unknown() == null ? unknown : Meaning.of(book.unknown()),
                theirs + BETWEEN_FILES + text);
    }

    /** @param ownWord the severity the tool itself gave; it counts only where the name says nothing */
    public Meaning of(String name, @Nullable Severity ownWord) {
        for (var entry : entries) if (entry.pattern().matcher(name).find()) return entry.meaning();
        return ownWord == null ? unknown : new Meaning(ownWord, unknown.stage(), unknown.technique());
    }

    /** The files it was read from, in the order in which they are asked. */
    public String text() {
        return text;
    }

    /** Stands for all it says, in its order: the same for equal mappings, and another one as soon as one word differs. */
    public String version() {
        var digest = new Digest("alert mapping");
        for (var entry : entries) {
            digest.with(entry.pattern().pattern());
            entry.meaning().addTo(digest);
        }
        unknown.addTo(digest);
        return digest.mark();
    }

    /** How grave, at which stage, by which technique. */
    public record Meaning(
            Severity severity, Stage stage, @Nullable Technique technique) {
        static Meaning of(Line line) {
            return new Meaning(line.severity(), line.stage(), line.technique());
        }

        private void addTo(Digest digest) {
            digest.with(severity.name()).with(stage.name());
            digest.with(technique == null ? "" : technique.id()).with(technique == null ? "" : technique.name());
        }
    }

    private record Entry(Pattern pattern, Meaning meaning) {
        Entry(Line line) {
            this(Pattern.compile(line.pattern(), Pattern.CASE_INSENSITIVE), Meaning.of(line));
        }
    }

    /** The file as written. */
    private record Book(List<Line> entries, @Nullable Line unknown) {}

    private record Line(
            @Nullable String pattern,
            Severity severity,
            Stage stage,
            @Nullable Technique technique) {}
}
