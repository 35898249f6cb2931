package io.velvetastro.decisions.defense;

import io.velvetastro.language.Caller;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;

/** A block by hand, as it is asked for on an incident. */
public record BlockRequest(
        @NotNull @IsNetwork String network,
        @NotNull Long ttlSeconds,

        @NotBlank @Size(max = 500) @Pattern(regexp = BlockRequest.ONE_LINE, message = "must be one line of plain text")
        String reason) {
    static final String ONE_LINE = "[^\\p{Cntrl}]*";

    public BlockNetwork asCommand(RuleId id, Caller caller, IncidentId incident, Instant at) {
        return new BlockNetwork(
                id, caller.tenant(), Network.of(network), Duration.ofSeconds(ttlSeconds), reason.strip(), incident, at);
    }
}
