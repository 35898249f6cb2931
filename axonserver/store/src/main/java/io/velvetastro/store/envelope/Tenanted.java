package io.velvetastro.store.envelope;

import io.velvetastro.language.TenantId;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Finds the tenant that a payload names itself. */
final class Tenanted {
    private static final ClassValue<Accessor> ACCESSORS = new ClassValue<>() {
        @Override
        protected Accessor computeValue(Class<?> type) {
            return new Accessor(find(type));
        }
    };

    private record Accessor(@Nullable MethodHandle tenant) {}

    private Tenanted() {}

    static @Nullable TenantId in(@Nullable Object payload) {
        if (payload == null) return null;
        var accessor = ACCESSORS.get(payload.getClass()).tenant();
        if (accessor == null) return null;
        try {
            return (TenantId) accessor.invoke(payload);
        } catch (Throwable e) {
            throw new IllegalStateException("A payload does not give its tenant", e);
        }
    }

    private static @Nullable MethodHandle find(Class<?> type) {
        try {
            var accessor = type.getMethod("tenant");
            if (accessor.getReturnType() != TenantId.class) return null;
            accessor.setAccessible(true); // Public, but of a type that need not be.
            return MethodHandles.lookup().unreflect(accessor);
        } catch (NoSuchMethodException hasNone) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A payload hides its tenant", e);
        }
    }
}
