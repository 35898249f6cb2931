package io.velvetastro.decisions.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.decisions.telemetry.Whereabouts;
import io.velvetastro.language.Attempt;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Fact;
import io.velvetastro.language.Journal;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Personal;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Seals;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own sign-ins are telemetry like anybody's: whoever guesses passwords here is found by the same engines. */
class SignInRecord {
    private static final Logger log = LoggerFactory.getLogger(SignInRecord.class);
    private static final String OURSELVES = "velvet-astro";

    private final Journal journal;
    private final Pseudonyms names;
    private final Seals seals;
    private final ObjectMapper json;
    private final Clock clock;
    private final Whereabouts whereabouts;

    SignInRecord(
            Journal journal, Pseudonyms names, Seals seals, ObjectMapper json, Clock clock, Whereabouts whereabouts) {
        this.journal = journal;
        this.names = names;
        this.seals = seals;
        this.json = json;
        this.clock = clock;
        this.whereabouts = whereabouts;
    }

    /** What stands in the record, for whoever is told of it and may say that it was not them. */
    record Recorded(Attempt attempt, boolean gotIn) {}

    /**
     * @param method with what, at last: password, totp, recovery-code or passkey
     * @return nothing where it could not be recorded
     */
    @Nullable
    Recorded succeeded(TenantId tenant, Email email, Origin from, String method) {
        var attempt = attempt(tenant, email.key(), from, method);
        return append(new LoginSucceeded(attempt)) ? new Recorded(attempt, true) : null;
    }

    /**
     * @param typed what stood in the e-mail field; only an e-mail address is kept, for people type passwords there
     * @return nothing where it could not be recorded
     */
    @Nullable
    Recorded failed(TenantId tenant, String typed, Origin from, String cause) {
        var attempt = attempt(
                tenant,
                Email.isOne(typed) ? new Email(typed).key() : null,
                from,
                cause.equals("wrong-code") ? "totp" : cause.equals("wrong-passkey") ? "passkey" : "password");
        return append(new LoginFailed(attempt, cause)) ? new Recorded(attempt, false) : null;
    }

    /**
     * Its owner says it was not them. Said again it is the same event.
     *
     * @return whether it is recorded
     */
    boolean denied(MemberId owner, UUID notice, Recorded recorded, Instant at) {
        var attempt = recorded.attempt();
        // Under the key of the month in which it is said; whoever was forgotten meanwhile stays forgotten.
        var personal = seals.open(attempt.tenant(), attempt.personal())
                .map(clear -> seals.seal(attempt.tenant(), attempt.principal(), at, clear))
                .orElse(attempt.personal());
        var denial = new SignInDenied(
                SignInDenied.idOf(attempt.tenant(), notice),
                attempt.tenant(),
                at,
                OURSELVES,
                attempt.id(),
                attempt.occurredAt(),
                recorded.gotIn(),
                attempt.method(),
                attempt.principal(),
                attempt.source(),
                attempt.place(),
                personal);
        var envelope = new HashMap<>(Envelope.of(attempt.tenant(), "member:" + owner, at));
        envelope.put(Envelope.CAUSATION, attempt.id().toString());
        return append(new Fact(denial.id(), denial, envelope));
    }

    private Attempt attempt(TenantId tenant, @Nullable String user, Origin from, String method) {
        var now = clock.instant();
        var principal = user == null ? null : names.principal(tenant, OURSELVES, user);
        return new Attempt(
                new EventId(UUID.randomUUID()),
                tenant,
                now,
                OURSELVES,
                OURSELVES,
                method,
                principal,
                names.sender(tenant, from.address()),
                null,
                whereabouts.placeOf(from.address()),
                whereabouts.deviceOf(from.userAgent()),
                seals.seal(tenant, principal, now, personal(user, from)));
    }

    private String personal(@Nullable String user, Origin from) {
        try {
            return json.writeValueAsString(new Personal(user, from.address().text(), null, from.userAgent(), null));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts are always JSON", impossible);
        }
    }

    private boolean append(Telemetry login) {
        return append(
                new Fact(login.id(), login, Envelope.of(login.tenant(), "service:" + OURSELVES, login.occurredAt())));
    }

    private boolean append(Fact fact) {
        try {
            journal.append(Stream.TELEMETRY, List.of(fact));
            return true;
        } catch (Overloaded flooded) {
            // Nobody may lock the defenders out by flooding the intake.
            log.warn("A sign-in was not recorded because readers lag too far behind");
            return false;
        }
    }
}
