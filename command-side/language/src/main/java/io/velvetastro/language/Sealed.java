package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Personal values under a key that can be destroyed. The text is {@code <key id>.<base64url of nonce, ciphertext, tag>}, with {@code ~<commitment>} behind it where single values can be disclosed, and says nothing without {@link Seals}.
 */
public record Sealed(@JsonValue String text) {
    @JsonCreator
    public static Sealed of(String text) {
        return new Sealed(text);
    }

    @Override
    public String toString() {
        return "Sealed";
    }
}
