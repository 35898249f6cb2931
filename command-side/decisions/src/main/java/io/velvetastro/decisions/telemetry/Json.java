package io.velvetastro.decisions.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object token by token; a value of the wrong type is refused by its path. */
abstract class Json implements Parser {
    private static final JsonFactory JSON = JsonFactory.builder()
            // Names come from outside: interning them would fill a table of the whole process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(Pieces.LONGEST)
                    .maxNumberLength(64)
                    .maxNameLength(256)
                    .build())
            .build();

    private final Set<String> names;

    @SuppressWarnings("NullAway.Init") // Nothing reads before parse() has opened it.
    JsonParser json;

    /** @param names of the members this parser reads, wherever they stand */
    Json(Set<String> names) {
        this.names = names;
    }

    @Override
    public final Parsed parse(byte[] bytes, int from, int to) {
        try (var opened = JSON.createParser(bytes, from, to - from)) {
            json = opened;
            try {
                if (opened.nextToken() != JsonToken.START_OBJECT)
                    return new Parsed.Bad(pieceName(), "is not a JSON object");
                object();
                if (opened.nextToken() != null) return new Parsed.Bad(pieceName(), "has more behind its JSON object");
            } catch (StreamConstraintsException beyond) {
                return new Parsed.Bad(path(opened), "is nested too deep or too long");
            } catch (JsonProcessingException notJson) {
                return new Parsed.Bad(path(opened), "is not JSON");
            }
            return parsed();
        } catch (BadField bad) {
            return bad.bad();
        } catch (IOException notText) {
            // Bytes that are no UTF-8; there is no other I/O in an array.
            return new Parsed.Bad(pieceName(), "is not UTF-8");
        }
    }

    @Override
    public String pieceName() {
        return "event";
    }

    /** Reads the members of the object that has just begun, to its end. */
    abstract void object() throws IOException;

    /** What the members amount to. */
    abstract Parsed parsed();

    /** Steps into the object that is the current value; false when it is null. */
    boolean enters(String field) {
        if (json.currentToken() == JsonToken.START_OBJECT) return true;
        if (json.currentToken() == JsonToken.VALUE_NULL) return false;
        throw new BadField(field, "is not an object");
    }

    boolean entersArray(String field) {
        if (json.currentToken() == JsonToken.START_ARRAY) return true;
        if (json.currentToken() == JsonToken.VALUE_NULL) return false;
        throw new BadField(field, "is not an array");
    }

    /** The next member's name with its value as current token; null behind the last. */
    @Nullable
    String member() throws IOException {
        var name = json.nextFieldName();
        if (name != null) json.nextToken();
        return name;
    }

    @Nullable
    String text(String field, int most) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> Limits.text(field, json.getText(), most);
            case VALUE_NULL -> null;
            default -> throw new BadField(field, "is not a string");
        };
    }

    /** A text of which only the beginning matters. */
    @Nullable
    String beginning(String field, int most) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> Limits.text(field, Inert.cut(json.getText(), most), most + 1);
            case VALUE_NULL -> null;
            default -> throw new BadField(field, "is not a string");
        };
    }

    @Nullable
    Long whole(String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER)
                    throw new BadField(field, "is too large");
                yield json.getLongValue();
            }
            case VALUE_NULL -> null;
            case VALUE_NUMBER_FLOAT -> throw new BadField(field, "is not a whole number");
            default -> throw new BadField(field, "is not a number");
        };
    }

    boolean truth(String field) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw new BadField(field, "is not true or false");
        };
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    /** The path as far as this parser knows its steps: what else a sender names may be anything, a person or a password too. */
    private String path(JsonParser at) {
        var steps = new ArrayDeque<JsonStreamContext>();
        for (JsonStreamContext context = at.getParsingContext();
                context != null && !context.inRoot();
                context = context.getParent()) steps.push(context);
        var path = new StringBuilder();
        for (var step : steps) {
            var name = step.getCurrentName();
            if (step.inArray())
                path.append('[').append(Math.max(0, step.getCurrentIndex())).append(']');
            else if (name == null || !names.contains(name)) break;
            else path.append(path.isEmpty() ? "" : ".").append(name);
        }
        return path.isEmpty() ? pieceName() : Inert.cut(path.toString(), 200);
    }
}
