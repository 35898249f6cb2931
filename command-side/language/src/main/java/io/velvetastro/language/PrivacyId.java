package io.velvetastro.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names an organisation's keeping of personal values; there is one in each. */
public record PrivacyId(@JsonValue UUID value) {
    @JsonCreator
    public static PrivacyId of(String text) {
        return new PrivacyId(UUID.fromString(text));
    }

    public static PrivacyId of(TenantId tenant) {
        return new PrivacyId(UUID.nameUUIDFromBytes(("privacy/" + tenant).getBytes(UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
