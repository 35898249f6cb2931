package io.velvetastro.language;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door to single values of what is sealed: each can be shown with its own salt, so that it proves itself and no other. */
public interface Disclosures {
    /** What of an event is committed to value by value, in this order. */
    List<String> FIELDS = List.of("user", "address", "target", "userAgent", "line");

    /** All values of a sealed text with their salts; empty once its key was destroyed, and where nothing was committed to. */
    Optional<List<Field>> fields(TenantId tenant, Sealed sealed);

    /** One value; absent where the event has none. */
    record Field(String name, byte[] salt, @Nullable String value) {}
}
