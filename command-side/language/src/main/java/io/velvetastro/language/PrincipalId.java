package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names an identity in a customer's system without saying who it is: an HMAC of its source and name. */
public record PrincipalId(@JsonValue UUID value) {
    @JsonCreator
    public static PrincipalId of(String text) {
        return new PrincipalId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
