package io.velvetastro.store.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.TenantId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageJsonTest {
    private static final TenantId ONE = new TenantId(UUID.randomUUID());

    private final Serializer serializer = new MessageJson(EventJson.mapper());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aListArrivesInAnotherProcessAsWhatWasAskedFor(int many) {
        var sent = Collections.nCopies(many, ONE);
        assertThat(ResponseTypes.multipleInstancesOf(TenantId.class).convert(arrived(sent)))
                .isEqualTo(sent);
    }

    @Test
    void whatIsNoListArrivesAsItWasSent() {
        assertThat(arrived(ONE)).isEqualTo(ONE);
        assertThat(arrived(List.of("words", 7))).isEqualTo(List.of("words", 7));
    }

    private Object arrived(Object sent) {
        return serializer.deserialize(serializer.serialize(sent, byte[].class));
    }
}
