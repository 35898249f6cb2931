package io.velvetastro.store.journal;

import io.velvetastro.language.Fact;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact as it will lie in the store: serialised once. */
record WrittenFact(
        UUID tenant,
        Fact fact,
        String payloadType,
        @Nullable String revision,
        byte[] payload,
        byte[] envelope) {}
