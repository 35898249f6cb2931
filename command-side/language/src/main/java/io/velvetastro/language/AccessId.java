package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One entry in the record of who was let in and with what. */
public record AccessId(@JsonValue UUID value) {
    @JsonCreator
    public static AccessId of(String text) {
        return new AccessId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
