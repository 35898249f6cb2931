package io.velvetastro.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names what an organisation has said about the doubts of its ledger; there is one in each. */
public record DoubtsId(@JsonValue UUID value) {
    @JsonCreator
    public static DoubtsId of(String text) {
        return new DoubtsId(UUID.fromString(text));
    }

    public static DoubtsId of(TenantId tenant) {
        return new DoubtsId(UUID.nameUUIDFromBytes(("doubts/" + tenant).getBytes(UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
