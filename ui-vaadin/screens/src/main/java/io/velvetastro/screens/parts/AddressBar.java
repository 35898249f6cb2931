package io.velvetastro.screens.parts;

import com.vaadin.flow.router.QueryParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark, field by field: read so that what cannot be understood says nothing, and written in the order it was put. */
public final class AddressBar {
    private static final int LONGEST = 200;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    public static AddressBar of(QueryParameters given) {
        var bar = new AddressBar();
        bar.fields.putAll(given.getParameters());
        return bar;
    }

    public QueryParameters parameters() {
        return new QueryParameters(fields);
    }

    public List<String> all(String field) {
        return fields.getOrDefault(field, List.of());
    }

    public @Nullable String first(String field) {
        var text = all(field).stream().findFirst().map(String::strip).orElse("");
        return text.isEmpty() || text.length() > LONGEST ? null : text;
    }

    public <E extends Enum<E>> E one(String field, E usual) {
        return some(field, usual.getDeclaringClass()).stream().findFirst().orElse(usual);
    }

    public <E extends Enum<E>> Set<E> some(String field, Class<E> type) {
        var found = EnumSet.noneOf(type);
        for (var text : all(field))
            Stream.of(type.getEnumConstants())
                    .filter(value -> Words.key(value).equalsIgnoreCase(text))
                    .forEach(found::add);
        return found;
    }

    public <I> @Nullable I id(String field, Function<UUID, I> named) {
        var text = first(field);
        try {
            return text == null ? null : named.apply(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    /** Nothing is not put. */
    public AddressBar put(String field, @Nullable Object value) {
        return value == null ? this : putAll(field, List.of(value));
    }

    /** What somebody would be shown anyway is not put. */
    public <E extends Enum<E>> AddressBar put(String field, E value, E usual) {
        return value == usual ? this : put(field, Words.key(value));
    }

    public AddressBar putAll(String field, Collection<?> values) {
        if (!values.isEmpty())
            fields.put(field, values.stream().map(AddressBar::text).toList());
        return this;
    }

    public AddressBar add(String field, String value) {
        var values = new ArrayList<>(all(field));
        values.add(value);
        return putAll(field, values);
    }

    public AddressBar without(String field, String value) {
        var left = all(field).stream().filter(each -> !each.equals(value)).toList();
        fields.remove(field);
        return putAll(field, left);
    }

    /** Every value with its field, in order. */
    public List<Map.Entry<String, String>> tokens() {
        return fields.entrySet().stream()
                .flatMap(field -> field.getValue().stream().map(value -> Map.entry(field.getKey(), value)))
                .toList();
    }

    private static String text(Object value) {
        return value instanceof Enum<?> constant ? Words.key(constant) : value.toString();
    }
}
