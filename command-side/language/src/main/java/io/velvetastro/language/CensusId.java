package io.velvetastro.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names the counting of an organisation's log; there is one in each. */
public record CensusId(@JsonValue UUID value) {
    @JsonCreator
    public static CensusId of(String text) {
        return new CensusId(UUID.fromString(text));
    }

    public static CensusId of(TenantId tenant) {
        return new CensusId(UUID.nameUUIDFromBytes(("census/" + tenant).getBytes(UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
