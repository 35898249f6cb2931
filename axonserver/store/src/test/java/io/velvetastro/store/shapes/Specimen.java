package io.velvetastro.store.shapes;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes one of anything that can be in an event, always the same one: whole, or with all that may be absent absent. */
final class Specimen {
    private static final UUID ID = UUID.fromString("01020304-0506-8708-890a-0b0c0d0e0f10");
    private final boolean whole;

    private Specimen(boolean whole) {
        this.whole = whole;
    }

    static Object whole(Class<?> type) {
        return new Specimen(true).of(type, "it");
    }

    static Object sparse(Class<?> type) {
        return new Specimen(false).of(type, "it");
    }

    private Object of(Type type, String name) {
        if (type instanceof ParameterizedType generic)
            return many((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), name);
        var known = (Class<?>) type;
        if (known == String.class)
            return switch (name) {
                case "text" -> "1.c2VhbGVk";
                default -> "a " + name;
            };
        if (known == UUID.class) return ID;
        if (known == Instant.class) return Instant.parse("2026-03-01T10:11:12.123456Z");
        if (known == Duration.class) return Duration.ofMinutes(90);
        if (known == int.class || known == Integer.class) return 7;
        if (known == long.class || known == Long.class) return 7_000_000_000L;
        if (known == double.class || known == Double.class) return 0.25;
        if (known == boolean.class || known == Boolean.class) return true;
        if (known.isEnum()) return known.getEnumConstants()[0];
        if (known.getSimpleName().equals("Network")) return io.velvetastro.language.Network.of("192.0.2.0/24");
        if (known.getSimpleName().equals("Address")) return io.velvetastro.language.Address.of("192.0.2.1");
        if (known.isRecord()) return record(known);
        if (known.isSealed()) return of(known.getPermittedSubclasses()[0], name);
        throw new IllegalArgumentException("How does a " + known + " look?");
    }

    private Object many(Class<?> raw, Type[] of, String name) {
        if (raw == List.class) return whole ? List.of(of(of[0], name)) : List.of();
        if (raw == Set.class) return whole ? Set.of(of(of[0], name)) : Set.of();
        if (raw == Map.class) return whole ? Map.of(of(of[0], "key"), of(of[1], "value")) : Map.of();
        if (raw == Optional.class) return whole ? Optional.of(of(of[0], name)) : Optional.empty();
        throw new IllegalArgumentException("How does a " + raw + " look?");
    }

    private Object record(Class<?> type) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components).map(this::component).toArray();
        try {
            var constructor = canonical(type, components);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("How does a " + type + " look?", e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return mayBeAbsent && !whole ? null : of(component.getGenericType(), component.getName());
    }

    private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) throws NoSuchMethodException {
        return type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
    }
}
