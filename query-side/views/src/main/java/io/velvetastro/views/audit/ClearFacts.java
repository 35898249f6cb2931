package io.velvetastro.views.audit;

import io.velvetastro.language.Network;
import io.velvetastro.language.TenantId;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event says in words that nobody typed: ids, words of closed lists, numbers, times, networks. Text may name people, and what is sealed stays so. */
final class ClearFacts {
    private static final int MOST_OF_A_LIST = 10;

    private ClearFacts() {}

    static String of(Object event) {
        var facts = new ArrayList<String>();
        for (var component : event.getClass().getRecordComponents()) {
            var text = text(value(event, component));
            if (text != null && !component.getName().equals("at")) facts.add(component.getName() + "=" + text);
        }
        return String.join(" ", facts);
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case TenantId _ -> null;
            case Enum<?> word -> word.name();
            case Number number -> number.toString();
            case Boolean yes -> yes.toString();
            case Instant at -> at.toString();
            case Duration length -> length.toString();
            case UUID id -> id.toString();
            case Network network -> network.toString();
            case Collection<?> several -> several(several);
            case Record id when isId(id) -> id.toString();
            default -> null;
        };
    }

    private static @Nullable String several(Collection<?> values) {
        var texts = new ArrayList<String>();
        for (var value : values) {
            var text = text(value);
            if (text != null && texts.size() < MOST_OF_A_LIST) texts.add(text);
        }
        if (texts.isEmpty()) return null;
        return String.join(",", texts) + (values.size() > texts.size() ? ",… " + values.size() : "");
    }

    /** Ours are records of one UUID. */
    private static boolean isId(Record candidate) {
        var parts = candidate.getClass().getRecordComponents();
        return parts.length == 1 && parts[0].getType() == UUID.class;
    }

    private static @Nullable Object value(Object event, RecordComponent component) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException("An event that cannot be read", unreadable);
        }
    }
}
