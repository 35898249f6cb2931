package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names a finding by what it rests on: a hash of rule version and evidence, so that a replay finds the same one. */
public record FindingId(@JsonValue UUID value) {
    @JsonCreator
    public static FindingId of(String text) {
        return new FindingId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
