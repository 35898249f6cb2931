package io.velvetastro.decisions.defense;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.decisions.door.Orders;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.DefenseCommand;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people and programs make and lift defence rules. */
@RestController
@RequestMapping("/api/v1/defense/rules")
@Tag(name = "defense")
class RuleDoor {
    private final Orders orders;

    RuleDoor(Orders orders) {
        this.orders = orders;
    }

    /** A rule as it is asked for; only an allowance may stand without an end. */
    record RuleRequest(
            @NotNull @Pattern(regexp = "block|allow", message = "must be block or allow")
            String action,

            @NotNull @IsNetwork String network,
            @Nullable Long ttlSeconds,

            @NotBlank
            @Size(max = 500)
            @Pattern(regexp = BlockRequest.ONE_LINE, message = "must be one line of plain text")
            String reason,

            @Nullable IncidentId incidentId) {

        @AssertTrue(message = "is needed for a block")
        boolean isTtlSeconds() {
            return ttlSeconds != null || !"block".equals(action);
        }

        DefenseCommand asCommand(RuleId id, Caller caller, Instant at) {
            var ttl = ttlSeconds == null ? null : Duration.ofSeconds(ttlSeconds);
            if (action.equals("allow"))
                return new AllowNetwork(id, caller.tenant(), Network.of(network), ttl, reason.strip(), at);
            return new BlockNetwork(
                    id, caller.tenant(), Network.of(network), requireNonNull(ttl), reason.strip(), incidentId, at);
        }
    }

    record Made(RuleId id) {}

    @PostMapping
    @PreAuthorize("hasAuthority('" + Authority.Text.DEFENSE_WRITE + "')")
    @Operation(summary = "Block or allow a network for a while")
    ResponseEntity<Made> make(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody RuleRequest body) {
        var id = new RuleId(orders.idFor(caller, key));
        orders.give(body.asCommand(id, caller, orders.now()));
        return ResponseEntity.created(URI.create("/api/v1/defense/rules/" + id)).body(new Made(id));
    }

    @DeleteMapping("/{id}")
    @PreAuthorize("hasAuthority('" + Authority.Text.DEFENSE_WRITE + "')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lift a rule before its time")
    void lift(
            @AuthenticationPrincipal Caller caller,
            @PathVariable RuleId id,
            @RequestParam(defaultValue = "lifted by hand")
                    @NotBlank
                    @Size(max = 500)
                    @Pattern(regexp = BlockRequest.ONE_LINE)
                    String reason) {
        orders.give(new LiftRule(id, caller.tenant(), reason.strip(), orders.now()));
    }
}
