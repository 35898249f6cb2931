package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.decisions.identity.SecondFactors.Tried;
import io.velvetastro.language.AccessEvent.DeviceForgotten;
import io.velvetastro.language.AccessEvent.MemberRenamed;
import io.velvetastro.language.AccessEvent.PasskeyAdded;
import io.velvetastro.language.AccessEvent.PasskeyRemoved;
import io.velvetastro.language.AccessEvent.PasswordChanged;
import io.velvetastro.language.AccessEvent.RecoveryCodeUsed;
import io.velvetastro.language.AccessEvent.RecoveryCodesIssued;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOff;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOn;
import io.velvetastro.language.AccessEvent.SessionsEnded;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.OwnAccount;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What members do about their own sessions, devices and second factor; to change the latter they prove again who they are. */
class OwnAffairs implements OwnAccount {
    private static final JsonMapper json = JsonMapper.builder().build();
    private static final int LONGEST_NAME = 100;
    private static final String WRONG = "does not fit, or was used before";
    private static final String NOT_YOURS = "is not your password";

    private final People people;
    private final Passwords passwords;
    private final GuessingBrake brake;
    private final Sessions sessions;
    private final SecondFactors factors;
    private final SecondSteps steps;
    private final Links links;
    private final RecoveryCodes recovery;
    private final Passkeys passkeys;
    private final Devices devices;
    private final Notices notices;
    private final OwnData data;
    private final PasswordRules rules;
    private final FreshProof proof;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OwnAffairs(
            People people,
            Passwords passwords,
            GuessingBrake brake,
            Sessions sessions,
            SecondFactors factors,
            SecondSteps steps,
            Links links,
            RecoveryCodes recovery,
            Passkeys passkeys,
            Devices devices,
            Notices notices,
            OwnData data,
            PasswordRules rules,
            FreshProof proof,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.people = people;
        this.passwords = passwords;
        this.brake = brake;
        this.sessions = sessions;
        this.factors = factors;
        this.steps = steps;
        this.links = links;
        this.recovery = recovery;
        this.passkeys = passkeys;
        this.devices = devices;
        this.notices = notices;
        this.data = data;
        this.rules = rules;
        this.proof = proof;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String export() {
        proof.needed();
        return data.of(me().getPrincipal().member(), clock.instant());
    }

    @Override
    public List<SessionRow> sessions() {
        var me = me();
        return sessions.of(me.getPrincipal().member(), me.session());
    }

    @Override
    public void stillHere() {
        sessions.standing(me().session());
    }

    @Override
    public boolean isStillIn() {
        return sessions.standsUnchanged(me(), Sessions.Sign.LISTENING);
    }

    @Override
    public void endSession(UUID session) {
        var me = me();
        if (!session.equals(me.session()))
            proof.needed(); // Whoever has stolen one session does not throw its owner out of the others.
        transaction.executeWithoutResult(status -> {
            int ended = sessions.endOwn(me.getPrincipal().member(), session, "ended by its member");
            if (ended == 0) throw Refused.notFound();
            ended(me.getPrincipal(), ended);
        });
    }

    @Override
    public int endOtherSessions() {
        proof.needed();
        var me = me();
        return transaction.execute(status -> endOthers(me));
    }

    @Override
    public List<DeviceRow> devices() {
        var me = me();
        return devices.of(me.getPrincipal().member(), me.session());
    }

    @Override
    public void forgetDevice(UUID device) {
        proof.needed();
        var me = me();
        var caller = me.getPrincipal();
        transaction.executeWithoutResult(status -> {
            var forgotten = devices.forget(caller.member(), device).orElseThrow(Refused::notFound);
            record.keep(new DeviceForgotten(caller.tenant(), caller.member(), device, clock.instant()));
            // After it: whoever is just coming in with it has their session by then.
            int ended = sessions.endOf(caller.member(), forgotten, me.session(), "its device was forgotten");
            if (ended > 0) ended(caller, ended);
        });
    }

    @Override
    public SecondFactor secondFactor() {
        var member = me().getPrincipal().member();
        return new SecondFactor(factors.has(member), recovery.left(member));
    }

    @Override
    public Enrolment enrol(String password) {
        var me = me().getPrincipal();
        notBesideAPasskey(me.member());
        if (passkeys.has(me.member()))
            proof.needed(); // Or the password alone would make what stands in for the passkey.
        proven(me, password);
        if (factors.has(me.member())) throw new Refused(NOT_AS_IT_STANDS, "The second factor is on already.");
        return Totp.enrolment(factors.begin(me.member()), me.email());
    }

    @Override
    public List<String> confirm(String code) {
        var me = me();
        var caller = me.getPrincipal();
        notBesideAPasskey(caller.member());
        right(factors.triedFirst(caller.member(), code)); // Nobody guesses a secret that was made a moment ago.
        return transaction.execute(status -> {
            notices.tell(
                    caller.member(), NoticeKind.SECOND_FACTOR_ON); // First: whoever denies it denies what comes after.
            if (!factors.switchedOn(caller.member())) throw new NotProven("code", WRONG);
            sessions.strengthen(me.session());
            endOthers(me);
            record.keep(new SecondFactorSwitchedOn(caller.tenant(), caller.member(), clock.instant()));
            return issued(caller);
        });
    }

    @Override
    public void switchOff(String password, String code) {
        var me = me();
        var caller = me.getPrincipal();
        if (people.owesSecondStep(caller.member()))
            throw new Refused(NOT_AS_IT_STANDS, "An organisation you belong to asks for a second step.");
        proven(caller, password);
        proven(me, code);
        transaction.executeWithoutResult(status -> {
            factors.forget(caller.member());
            steps.forget(caller.member()); // Before the sessions: whoever is just finishing has theirs by then.
            endOthers(me);
            record.keep(new SecondFactorSwitchedOff(caller.tenant(), caller.member(), clock.instant()));
            notices.tell(caller.member(), NoticeKind.SECOND_FACTOR_OFF);
        });
    }

    @Override
    public List<String> newRecoveryCodes(String code) {
        var me = me();
        proven(me, code);
        return transaction.execute(status -> {
            notices.tell(me.getPrincipal().member(), NoticeKind.RECOVERY_CODES);
            return issued(me.getPrincipal());
        });
    }

    @Override
    public void prove(String given) {
        var me = me();
        var member = me.getPrincipal().member();
        if (factors.has(member)) proven(me, given);
        else if (passkeys.has(member))
            throw new NotProven("credential", "is what is asked for: prove it with your passkey");
        else proven(me.getPrincipal(), given);
        proof.given(me.session());
    }

    @Override
    public String proofOptions() {
        return json.writeValueAsString(passkeys.request(me().getPrincipal().member()));
    }

    @Override
    public void proveByPasskey(String answer) {
        var me = me();
        var member = me.getPrincipal().member();
        brake.beforeTrying(member);
        try {
            var answered = passkeys.answered(answer, member);
            transaction.executeWithoutResult(status -> {
                if (!passkeys.holder(answered).equals(member))
                    throw new Passkeys.DoesNotHold("it is somebody else's", null);
                proof.given(me.session());
            });
        } catch (Passkeys.DoesNotHold wrong) {
            throw new NotProven("credential", "does not hold: begin again");
        }
        brake.succeeded(member);
    }

    /** No proof where there is a second step: that takes its code. What was begun with the old password ends with it. */
    @Override
    public void changePassword(String current, String fresh) {
        var me = me();
        var caller = me.getPrincipal();
        var known = proven(caller, current);
        if (fresh.length() > Passwords.LONGEST) throw new NotProven("fresh", "is too long");
        if (fresh.equals(current)) throw new NotProven("fresh", "is the one you have");
        rules.objection(fresh, new Email(caller.email()), caller.name(), caller.organization())
                .ifPresent(why -> {
                    throw new NotProven("fresh", why);
                });
        var phc = passwords.hash(new Email(caller.email()), fresh);
        transaction.executeWithoutResult(status -> {
            if (!people.replacePassword(known, phc)) throw new NotProven("password", NOT_YOURS);
            steps.forget(caller.member()); // Before the sessions: whoever is just finishing has theirs by then.
            endOthers(me);
            links.voidThose(Links.Kind.RESET, caller.member());
            if (!factors.has(caller.member()) && !passkeys.has(caller.member())) proof.given(me.session());
            notices.tell(caller.member(), NoticeKind.PASSWORD_CHANGED);
            record.keep(new PasswordChanged(caller.tenant(), caller.member(), false, clock.instant()));
        });
    }

    @Override
    public void rename(String name) {
        var me = me().getPrincipal();
        var chosen = name.strip();
        if (chosen.isEmpty() || chosen.length() > LONGEST_NAME || !LetterWords.areAName(chosen))
            throw new NotProven("name", "must be a name");
        transaction.executeWithoutResult(status -> {
            if (people.rename(me.member(), chosen))
                record.keep(new MemberRenamed(me.tenant(), me.member(), clock.instant()));
        });
    }

    @Override
    public List<PasskeyRow> passkeys() {
        return passkeys.of(me().getPrincipal().member());
    }

    @Override
    public String passkeyOptions() {
        proof.needed();
        var me = me().getPrincipal();
        notBesideAPasskey(me.member());
        return json.writeValueAsString(passkeys.creation(me.member(), new Email(me.email()), me.name()));
    }

    @Override
    public void addPasskey(String label, String answer) {
        proof.needed();
        var me = me().getPrincipal();
        notBesideAPasskey(me.member());
        var named = label.isBlank() ? "Passkey" : label.strip();
        try {
            var made = passkeys.made(me.member(), answer);
            transaction.executeWithoutResult(status -> {
                notices.tell(me.member(), NoticeKind.PASSKEY_ADDED);
                var kept = passkeys.keep(me.member(), named, made);
                endOthers(me());
                record.keep(new PasskeyAdded(me.tenant(), me.member(), kept.id(), clock.instant()));
            });
        } catch (Passkeys.DoesNotHold wrong) {
            throw new NotProven("credential", "does not hold: begin again");
        }
    }

    @Override
    public void removePasskey(UUID passkey) {
        proof.needed();
        var me = me();
        var caller = me.getPrincipal();
        transaction.executeWithoutResult(status -> {
            if (!passkeys.remove(caller.member(), passkey)) throw Refused.notFound();
            aSecondStepStays(caller.member());
            endOthers(me); // After the key: whoever is just coming in with it has their session by then.
            notices.tell(caller.member(), NoticeKind.PASSKEY_REMOVED);
            record.keep(new PasskeyRemoved(caller.tenant(), caller.member(), passkey, clock.instant()));
        });
    }

    @Override
    public NoticePage notices(@Nullable UUID after) {
        return notices.of(me().getPrincipal().member(), after);
    }

    @Override
    public void notMe(UUID notice) {
        proof.needed();
        var me = me();
        var member = me.getPrincipal().member();
        transaction.executeWithoutResult(status -> {
            if (notices.deny(member, notice, me)) aSecondStepStays(member);
        });
    }

    /** Where one is asked for, the last one is not taken away: whoever knows the password could make the next. */
    private void aSecondStepStays(MemberId member) {
        if (people.owesSecondStep(member) && !factors.has(member) && !passkeys.has(member))
            throw new Refused(
                    NOT_AS_IT_STANDS,
                    "An organisation you belong to asks for a second step, and this is your only one.");
    }

    /** Where one is asked for and theirs is a passkey, whoever came with the password alone makes no other: they may know nothing but that. */
    private void notBesideAPasskey(MemberId member) {
        if (!proof.isBySecondFactor() && people.owesSecondStep(member) && passkeys.has(member))
            throw new Refused(
                    NOT_AS_IT_STANDS,
                    "An organisation you belong to asks for a second step, and yours is a passkey: sign in with it first.");
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

    private People.Known proven(Caller me, String password) {
        brake.beforeTrying(me.member());
        var mine = new Email(me.email());
        var known = people.by(mine).orElseThrow(() -> new NotProven("password", NOT_YOURS));
        if (password.length() > Passwords.LONGEST || !passwords.fitsOfKnown(mine, password, known.phc()))
            throw new NotProven("password", NOT_YOURS);
        brake.succeeded(me.member());
        return known;
    }

    /** By a code. Whoever guesses inside sits before somebody's open screen, or has their token. */
    private void proven(SignedIn me, String code) {
        var member = me.getPrincipal().member();
        var tried = factors.triedWhereKnown("session " + me.session(), member, code);
        if (tried instanceof Tried.Wrong wrong && wrong.isTold())
            transaction.executeWithoutResult(
                    status -> notices.tellOnceADay(member, NoticeKind.CODES_GUESSED_WHERE_KNOWN, null, null));
        right(tried);
        if (tried instanceof Tried.Right given && given.byRecoveryCode())
            transaction.executeWithoutResult(status -> {
                int left = recovery.left(member);
                record.keep(new RecoveryCodeUsed(me.getPrincipal().tenant(), member, left, clock.instant()));
                notices.tellOfRecoveryCode(member, null, null, left);
            });
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
