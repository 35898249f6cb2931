package io.velvetastro.views.defense;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.questions.Defense.Action;
import io.velvetastro.questions.Defense.Blocklist;
import io.velvetastro.questions.Defense.DefenseRules;
import io.velvetastro.questions.Defense.RuleRow;
import io.velvetastro.views.web.Asked;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.Plain;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is kept out: rules to read, and the list that firewalls pull. */
@RestController
@RequestMapping("/api/v1/defense")
@Tag(name = "Defense", description = "Actions are block and allow.")
class DefenseController {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.DEFENSE_READ + "')";
    private static final String INCOMPLETE = "Velvet-Incomplete";
    private final DefenseQueries defense;
    private final Clock clock;

    DefenseController(DefenseQueries defense, Clock clock) {
        this.defense = defense;
        this.clock = clock;
    }

    @GetMapping("/rules")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "Rules, newest first; standing=true leaves out what has ended or was lifted")
    Page<Rule> rules(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(defaultValue = "false") boolean standing,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = defense.page(new DefenseRules(
                caller.tenant(),
                Asked.choiceOrNull("action", Action.class, action),
                standing ? clock.instant() : null,
                cursor,
                limit));
        return new Page<>(page.items().stream().map(Rule::of).toList(), page.next());
    }

    @GetMapping("/blocklist")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "Networks to keep out now, sorted and merged, without those that are allowed: text, or format=nft, ipset, json")
    ResponseEntity<String> blocklist(
            @AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String format) {
        var form = Asked.choiceOrNull("format", BlocklistForm.class, format);
        var chosen = form == null ? BlocklistForm.TEXT : form;
        var list = defense.answer(new Blocklist(caller.tenant(), clock.instant()));
        var answer = ResponseEntity.ok().cacheControl(CacheControl.noCache()).contentType(chosen.type());
        if (!list.complete()) answer.header(INCOMPLETE, "true");
        return answer.body(chosen.of(list.networks()));
    }

    /** A rule as the API tells it; {@code by} and {@code liftedBy} are actors such as {@code member:…} or {@code playbook:…}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rule(
            RuleId id,
            String action,
            Network network,
            @Nullable Instant until,
            String reason,
            @Nullable IncidentId incident,
            String by,
            Instant at,
            @Nullable Instant liftedAt,
            @Nullable String liftedBy) {
        static Rule of(RuleRow row) {
            return new Rule(
                    row.id(),
                    Plain.word(row.action()),
                    row.network(),
                    row.until(),
                    row.reason(),
                    row.incident(),
                    row.by(),
                    row.at(),
                    row.liftedAt(),
                    row.liftedBy());
        }
    }
}
