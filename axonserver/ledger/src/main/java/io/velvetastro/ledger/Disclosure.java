package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Some personal values of one event in clear, and of the others only that they are there. The event's own bytes hold one commitment to all of them, salted each by itself: what is shown is what was sealed, and what is kept cannot be guessed.
 */
public record Disclosure(List<Field> fields) {
    private static final String HEADER = "velvetastro.io/disclosure@v1";
    private static final String FIELD = "velvetastro.io/field@v1\n";
    private static final String FIELDS = "velvetastro.io/fields@v1\n";
    private static final String WHERE = "disclosure";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z]{1,32}");
    private static final int MOST_FIELDS = 16;
    /**
     * The sealed text with its commitment, by the name of its field: what a sender wrote can hold neither, for a quote within a text is escaped.
     */
    private static final Pattern COMMITTED =
            Pattern.compile("\"personal\":\"(\\d{1,18}-[0-9a-f]{12}\\.[A-Za-z0-9_-]+~[A-Za-z0-9_-]{43})\"");

    public Disclosure {
        fields = List.copyOf(fields);
    }

    /** One value by its name. */
    public sealed interface Field {
        String name();

        byte[] hash();
    }

    /** A value in clear; {@code null} where the event has none. */
    public record Shown(String name, byte[] salt, @Nullable String value) implements Field {
        @Override
        public byte[] hash() {
            var fields = new Fields(FIELD, 128).text(name).blob(salt);
            fields = value == null ? fields.tag('n') : fields.tag('v').text(value);
            return Hash.sha256().digest(fields.toBytes());
        }
    }

    /** A value of which only the salted hash is given. */
    public record Kept(String name, byte[] hash) implements Field {}

    /** What stands in the event. */
    public String commitment() {
        var all = new Fields(FIELDS, 256);
        fields.forEach(field -> all.text(field.name()).blob(field.hash()));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Hash.sha256().digest(all.toBytes()));
    }

    public List<Shown> shown() {
        return fields.stream()
                .filter(Shown.class::isInstance)
                .map(Shown.class::cast)
                .toList();
    }

    /** The same without the values that nobody asked for. */
    public Disclosure only(java.util.Set<String> names) {
        return new Disclosure(fields.stream()
                .map(field -> names.contains(field.name()) ? field : new Kept(field.name(), field.hash()))
                .toList());
    }

    public String text() {
        var text = new StringBuilder(HEADER).append('\n');
        for (var field : fields)
            text.append(
                            switch (field) {
                                case Kept kept -> "kept " + kept.name() + " " + Text.base64(kept.hash());
                                case Shown shown ->
                                    shown.value() == null
                                            ? "none " + shown.name() + " " + Text.base64(shown.salt())
                                            : "shown " + shown.name() + " " + Text.base64(shown.salt()) + " "
                                                    + Text.escaped(shown.value());
                            })
                    .append('\n');
        return text.toString();
    }

    static Disclosure parse(byte[] bytes) {
        var text = Text.utf8(bytes, WHERE);
        var lines = text.split("\n", -1);
        if (lines.length < 3 || lines.length > MOST_FIELDS + 2 || !lines[0].equals(HEADER))
            throw new NotProven(Reason.MALFORMED, WHERE, HEADER, Text.shown(text));
        var fields = new ArrayList<Field>();
        for (var i = 1; i < lines.length - 1; i++) fields.add(field(lines[i]));
        var disclosure = new Disclosure(fields);
        if (!disclosure.text().equals(text))
            throw new NotProven(Reason.MALFORMED, WHERE, "its only spelling", "another");
        return disclosure;
    }

    private static Field field(String line) {
        var words = line.split(" ", -1);
        if (words.length < 3 || !NAME.matcher(words[1]).matches()) throw malformed(line);
        var bytes = Text.base64(words[2], WHERE);
        if (bytes.length != Hash.LENGTH) throw malformed(line);
        return switch (words[0] + words.length) {
            case "kept3" -> new Kept(words[1], bytes);
            case "none3" -> new Shown(words[1], bytes, null);
            case "shown4" -> new Shown(words[1], bytes, Text.unescaped(words[3], WHERE));
            default -> throw malformed(line);
        };
    }

    private static NotProven malformed(String line) {
        return new NotProven(Reason.MALFORMED, WHERE, "kept, none or shown, a name and 32 bytes", Text.shown(line));
    }

    /** The sealed text in an event's payload that commits to its values; none where nothing is committed to. */
    public static Optional<String> committedIn(byte[] payload) {
        var committed = COMMITTED.matcher(new String(payload, ISO_8859_1));
        return committed.find() ? Optional.of(committed.group(1)) : Optional.empty();
    }

    /** Refuses unless it is this to which the event's sealed text commits. */
    void requireIn(byte[] payload) {
        var wanted = "~" + commitment();
        if (committedIn(payload).filter(text -> text.endsWith(wanted)).isEmpty())
            throw new NotProven(
                    Reason.CONTRADICTED, WHERE, "the values that the event has committed to", "other values");
    }
}
