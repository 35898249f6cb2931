package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The account of a program that calls us. */
public record ServiceAccountId(@JsonValue UUID value) {
    @JsonCreator
    public static ServiceAccountId of(String text) {
        return new ServiceAccountId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
