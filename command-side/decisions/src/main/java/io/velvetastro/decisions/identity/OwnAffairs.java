package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.decisions.identity.SecondFactors.Tried;
import io.velvetastro.language.AccessEvent.RecoveryCodesIssued;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOff;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOn;
import io.velvetastro.language.AccessEvent.SessionsEnded;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.OwnAccount;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

/** What members do about their own sessions and second factor; to change the latter they prove again who they are. */
class OwnAffairs implements OwnAccount {
    private static final String WRONG = "does not fit, or was used before";

    private final People people;
    private final Passwords passwords;
    private final GuessingBrake brake;
    private final Sessions sessions;
    private final SecondFactors factors;
    private final RecoveryCodes recovery;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OwnAffairs(
            People people,
            Passwords passwords,
            GuessingBrake brake,
            Sessions sessions,
            SecondFactors factors,
            RecoveryCodes recovery,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.people = people;
        this.passwords = passwords;
        this.brake = brake;
        this.sessions = sessions;
        this.factors = factors;
        this.recovery = recovery;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<SessionRow> sessions() {
        var me = me();
        return sessions.of(me.getPrincipal().member(), me.session());
    }

    @Override
    public void endSession(UUID session) {
        var me = me();
        transaction.executeWithoutResult(status -> {
            if (!sessions.endOwn(me.getPrincipal().member(), session, "ended by its member")) throw Refused.notFound();
            ended(me.getPrincipal(), 1);
        });
    }

    @Override
    public int endOtherSessions() {
        var me = me();
        return transaction.execute(status -> endOthers(me));
    }

    @Override
    public SecondFactor secondFactor() {
        var member = me().getPrincipal().member();
        return new SecondFactor(factors.has(member), recovery.left(member));
    }

    @Override
    public Enrolment enrol(String password) {
        var me = me().getPrincipal();
        proven(me, password);
        if (factors.has(me.member())) throw new Refused(NOT_AS_IT_STANDS, "The second factor is on already.");
        return Totp.enrolment(factors.begin(me.member()), me.email());
    }

    @Override
    public List<String> confirm(String code) {
        var me = me();
        var caller = me.getPrincipal();
        right(factors.triedFirst(caller.member(), code));
        return transaction.execute(status -> {
            if (!factors.switchedOn(caller.member())) throw new NotProven("code", WRONG);
            sessions.strengthen(me.session());
            endOthers(me);
            record.keep(new SecondFactorSwitchedOn(caller.tenant(), caller.member(), clock.instant()));
            return issued(caller);
        });
    }

    @Override
    public void switchOff(String password, String code) {
        var me = me().getPrincipal();
        proven(me, password);
        right(factors.tried(me.member(), code));
        transaction.executeWithoutResult(status -> {
            factors.forget(me.member());
            record.keep(new SecondFactorSwitchedOff(me.tenant(), me.member(), clock.instant()));
        });
    }

    @Override
    public List<String> newRecoveryCodes(String code) {
        var me = me().getPrincipal();
        right(factors.tried(me.member(), code));
        return transaction.execute(status -> issued(me));
    }

    private List<String> issued(Caller me) {
        var codes = recovery.issue(me.member());
        record.keep(new RecoveryCodesIssued(me.tenant(), me.member(), codes.size(), clock.instant()));
        return codes;
    }

    private int endOthers(SignedIn me) {
        int ended = sessions.endOthers(me.getPrincipal().member(), me.session(), "ended by its member");
        if (ended > 0) ended(me.getPrincipal(), ended);
        return ended;
    }

    private void ended(Caller me, int sessions) {
        record.keep(new SessionsEnded(me.tenant(), me.member(), sessions, clock.instant()));
    }

    private void proven(Caller me, String password) {
        brake.beforeTrying(me.member());
        var phc = people.by(new Email(me.email())).map(People.Known::phc).orElse(null);
        if (password.length() > Passwords.LONGEST || !passwords.fits(password, phc))
            throw new NotProven("password", "is not your password");
        brake.succeeded(me.member());
    }

    private static void right(Tried tried) {
        switch (tried) {
            case Tried.Right _ -> {}
            case Tried.Wrong _ -> throw new NotProven("code", WRONG);
            case Tried.TooEarly early -> throw new NotNow(NotNow.Because.TOO_MANY_TRIES, early.retryAfter());
        }
    }

    private static SignedIn me() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn me) return me;
        throw new Refused(FORBIDDEN, "This is for members who are signed in.");
    }
}
