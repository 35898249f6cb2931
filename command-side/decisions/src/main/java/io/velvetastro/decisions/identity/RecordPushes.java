package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.BEYOND_THE_PLAN;
import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.decisions.push.Entries;
import io.velvetastro.decisions.push.Pushes;
import io.velvetastro.decisions.push.Reachable;
import io.velvetastro.decisions.push.Receiver;
import io.velvetastro.language.AccessEvent.RecordPushRemoved;
import io.velvetastro.language.AccessEvent.RecordPushSecretRenewed;
import io.velvetastro.language.AccessEvent.RecordPushSet;
import io.velvetastro.language.AccessEvent.RecordPushTried;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import io.velvetastro.questions.RecordPush;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.springframework.transaction.support.TransactionTemplate;

/** To whom an organisation's record goes is said by its administrators, with a fresh proof: it outlives their session, and it shows to others what was done here. */
class RecordPushes implements RecordPush {
    private static final Duration BOTH_SECRETS_FOR = Duration.ofDays(1);
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Pushes pushes;
    private final Entries entries;
    private final Reachable reachable;
    private final FreshProof proof;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RecordPushes(
            Pushes pushes,
            Entries entries,
            Reachable reachable,
            FreshProof proof,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.pushes = pushes;
        this.entries = entries;
        this.reachable = reachable;
        this.proof = proof;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public PushState state(Caller caller) {
        administers(caller);
        var place = pushes.place(caller.tenant());
        if (place.isEmpty()) return PushState.off();
        var waiting = entries.end(caller.tenant(), place.get())
                .map(RecordEndAnswer::waiting)
                .orElse(null);
        return pushes.state(caller.tenant(), waiting).orElseGet(PushState::off);
    }

    @Override
    public ShownSecret set(Caller caller, String url) {
        administers(caller);
        proof.needed();
        if (!caller.plan().hasAuditExport())
            throw new Refused(BEYOND_THE_PLAN, "Your plan shows the record and does not send it anywhere.");
        var receiver = receiver(url);
        // Before the transaction: it is asked of another room.
        long end = pushes.place(caller.tenant()).isPresent()
                ? 0
                : entries.end(caller.tenant(), 0)
                        .map(RecordEndAnswer::last)
                        .orElseThrow(() -> standsInTheWay("The record cannot be read just now. Try again."));
        var secret = fresh();
        transaction.executeWithoutResult(status -> {
            pushes.set(caller.tenant(), receiver, secret, end);
            record.keep(new RecordPushSet(caller.tenant(), clock.instant()));
        });
        return new ShownSecret(secret);
    }

    @Override
    public ShownSecret renew(Caller caller) {
        administers(caller);
        proof.needed();
        var secret = fresh();
        transaction.executeWithoutResult(status -> {
            var now = clock.instant();
            var until = now.plus(BOTH_SECRETS_FOR);
            if (!pushes.renew(caller.tenant(), secret, until)) throw notSet();
            record.keep(new RecordPushSecretRenewed(caller.tenant(), until, now));
        });
        return new ShownSecret(secret);
    }

    @Override
    public void tryOut(Caller caller) {
        administers(caller);
        transaction.executeWithoutResult(status -> {
            if (!pushes.wantTrial(caller.tenant())) throw notSet();
            record.keep(new RecordPushTried(caller.tenant(), clock.instant()));
        });
    }

    /** With a proof, though it takes something away: whoever wants to be unseen begins with this. */
    @Override
    public void remove(Caller caller) {
        administers(caller);
        proof.needed();
        transaction.executeWithoutResult(status -> {
            if (pushes.remove(caller.tenant())) record.keep(new RecordPushRemoved(caller.tenant(), clock.instant()));
        });
    }

    private Receiver receiver(String url) {
        try {
            return Receiver.of(url, reachable);
        } catch (Receiver.Unfit unfit) {
            throw standsInTheWay("The address " + unfit.getMessage() + ".");
        }
    }

    private static String fresh() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    private static void administers(Caller caller) {
        if (!caller.may(Authority.ORG_ADMIN))
            throw new Refused(FORBIDDEN, "This takes an administrator of the organisation.");
    }

    private static Refused notSet() {
        return standsInTheWay("The record is sent nowhere.");
    }

    private static Refused standsInTheWay(String what) {
        return new Refused(NOT_AS_IT_STANDS, what);
    }
}
