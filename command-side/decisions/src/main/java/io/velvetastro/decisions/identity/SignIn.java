package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.identity.SecondFactors.Tried;
import io.velvetastro.decisions.identity.SecondSteps.Owing;
import io.velvetastro.decisions.identity.Sessions.Coming;
import io.velvetastro.decisions.identity.Sessions.Kind;
import io.velvetastro.decisions.identity.SignInRecord.Recorded;
import io.velvetastro.decisions.telemetry.Whereabouts;
import io.velvetastro.language.AccessEvent.NewDeviceSeen;
import io.velvetastro.language.AccessEvent.PasswordRehashed;
import io.velvetastro.language.AccessEvent.RecoveryCodeUsed;
import io.velvetastro.language.AccessEvent.SecondFactorSwitchedOn;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.Enrolment;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets people in who know their password, and tells nobody else why not: an unknown e-mail, a wrong password and a locked member look and take the same. */
class SignIn {
    private static final String DO_NOT_GO_TOGETHER = "This e-mail and password do not go together.";

    private static final String DOES_NOT_FIT = "This code does not fit, or was used before.";
    private static final String OPENS_NOTHING = "This passkey does not open this house.";

    private final People people;
    private final Passwords passwords;
    private final GuessingBrake brake;
    private final Beat beat;
    private final Sessions sessions;
    private final SignInRecord record;
    private final SecondFactors factors;
    private final SecondSteps steps;
    private final RecoveryCodes recovery;
    private final Passkeys passkeys;
    private final Devices devices;
    private final Notices notices;
    private final AccessRecord access;
    private final Whereabouts whereabouts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SignIn(
            People people,
            Passwords passwords,
            GuessingBrake brake,
            Beat beat,
            Sessions sessions,
            SignInRecord record,
            SecondFactors factors,
            SecondSteps steps,
            RecoveryCodes recovery,
            Passkeys passkeys,
            Devices devices,
            Notices notices,
            AccessRecord access,
            Whereabouts whereabouts,
            TransactionTemplate transaction,
            Clock clock) {
        this.people = people;
        this.passwords = passwords;
        this.brake = brake;
        this.beat = beat;
        this.sessions = sessions;
        this.record = record;
        this.factors = factors;
        this.steps = steps;
        this.recovery = recovery;
        this.passkeys = passkeys;
        this.devices = devices;
        this.notices = notices;
        this.access = access;
        this.whereabouts = whereabouts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param code of the second factor, where the caller has it at hand
     * @throws BadCredentialsException when they do not go together
     * @throws SecondStepDue when a code is needed too
     * @throws PasskeyDue when a passkey is needed and this way leads nowhere
     * @throws NotNow when it was not tried
     */
    SignedIn with(String email, String password, @Nullable String code, Origin from, Kind kind) {
        if (!Email.isOne(email) || password.length() > Passwords.LONGEST) throw turnedAway(email, from, "malformed");
        var typed = new Email(email);
        var knownDevice = devices.isKnown(from, typed);
        brake.beforeSigningIn(typed, from, knownDevice);
        return beat.refusing(() -> tried(typed, password, code, from, knownDevice, kind));
    }

    private void rehash(People.Known known, String phc) {
        transaction.executeWithoutResult(status -> {
            if (people.rehash(known.member(), known.phc(), phc))
                access.keepAtTheDoor(new PasswordRehashed(known.organization(), known.member(), clock.instant()));
        });
    }

    private SignedIn tried(
            Email typed, String password, @Nullable String code, Origin from, boolean knownDevice, Kind kind) {
        var known = people.by(typed).orElse(null);
        var house = people.platform(); // Asked for everybody: one question more would tell who is unknown.
        var fits = fits(password, known == null ? null : known.phc(), typed, from, knownDevice);
        if (known == null) {
            house.ifPresent(platform -> record.failed(platform, typed.text(), from, "unknown-user"));
            throw doNotGoTogether();
        }
        if (!fits || known.disabled()) {
            record.failed(known.organization(), typed.text(), from, fits ? "disabled" : "wrong-password");
            throw doNotGoTogether();
        }
        brake.signedIn(typed, from, knownDevice);
        if (passwords.isOutdated(known.phc())) rehash(known, passwords.hash(typed, password));
        if (factors.has(known.member())) {
            var token = whileItStands(known, typed, from, () -> steps.begin(known.member(), known.organization()));
            if (code == null || code.isBlank()) throw new SecondStepDue(token, false);
            return second(token, code, from, kind);
        }
        if (passkeys.has(known.member())) throw passkeyDue(known, typed, from, knownDevice, kind);
        if (people.demandsSecondStep(known.organization()))
            throw new SecondStepDue(
                    whileItStands(known, typed, from, () -> steps.begin(known.member(), known.organization())), true);
        return whileItStands(known, typed, from, () -> {
            var recorded = record.succeeded(known.organization(), typed, from, "password");
            return begun(known.member(), known.organization(), from, coming(from, kind, false), recorded);
        });
    }

    /** Somebody knows the password and is not in: its owner, or whoever tries passwords one after the other. */
    private PasskeyDue passkeyDue(People.Known known, Email typed, Origin from, boolean knownDevice, Kind kind) {
        var recorded = record.failed(known.organization(), typed.text(), from, "passkey-due");
        if (!knownDevice) {
            var seen = coming(from, kind, false);
            transaction.executeWithoutResult(
                    status -> notices.tellOnceADay(known.member(), NoticeKind.PASSWORD_GIVEN, seen, recorded));
        }
        return new PasskeyDue();
    }

    /** Looking at a password takes its time, and who waits for it may wait long: one that was replaced meanwhile begins nothing. */
    private <T> T whileItStands(People.Known known, Email typed, Origin from, Supplier<T> then) {
        var begun = transaction.execute(
                status -> people.passwordStands(known) ? Optional.of(then.get()) : Optional.<T>empty());
        return begun.orElseThrow(() -> {
            record.failed(known.organization(), typed.text(), from, "wrong-password");
            return doNotGoTogether();
        });
    }

    /** What was not tried does not count as a try. */
    private boolean fits(String password, @Nullable String phc, Email typed, Origin from, boolean knownDevice) {
        try {
            return knownDevice ? passwords.fitsOfKnown(typed, password, phc) : passwords.fits(password, phc);
        } catch (NotNow busy) {
            brake.notTried(typed, from, knownDevice);
            throw busy;
        }
    }

    /**
     * The second step: what the first one gave, and a code.
     *
     * @throws BadCredentialsException when the code is wrong or was used before
     * @throws CredentialsExpiredException when it has to begin again
     * @throws NotNow when it was not tried
     */
    SignedIn second(String token, String code, Origin from, Kind kind) {
        var owing = steps.of(token).orElseThrow(SignIn::startAgain);
        if (!factors.has(owing.member())) return made(token, owing, code, from, kind);
        boolean knownDevice = devices.isKnown(from, owing.email());
        if (!knownDevice && factors.isLockedOutSince(owing.member(), owing.since())) {
            steps.finish(token);
            throw startAgain();
        }
        boolean byRecovery = switch (tried(owing, code, from, knownDevice)) {
            case Tried.Right right -> right.byRecoveryCode();
            case Tried.Wrong wrong -> {
                steps.wrong(token);
                var recorded = record.failed(owing.organization(), owing.email().text(), from, "wrong-code");
                if (wrong.isTold()) tellOfGuesses(owing.member(), knownDevice, coming(from, kind, false), recorded);
                throw new BadCredentialsException(DOES_NOT_FIT);
            }
            case Tried.TooEarly early -> {
                steps.finish(token);
                throw new NotNow(NotNow.Because.TOO_MANY_TRIES, early.retryAfter());
            }
        };
        return transaction.execute(status -> {
            if (!steps.finish(token)) throw startAgain();
            var recorded =
                    record.succeeded(owing.organization(), owing.email(), from, byRecovery ? "recovery-code" : "totp");
            var seen = coming(from, kind, true);
            if (byRecovery) {
                int left = recovery.left(owing.member());
                access.keepAtTheDoor(new RecoveryCodeUsed(owing.organization(), owing.member(), left, clock.instant()));
                notices.tellOfRecoveryCode(owing.member(), seen, recorded, left);
            }
            return begun(owing.member(), owing.organization(), from, seen, recorded);
        });
    }

    private Tried tried(Owing owing, String code, Origin from, boolean knownDevice) {
        if (!knownDevice) return factors.tried(owing.member(), code);
        try {
            return factors.triedWhereKnown("device " + from.device(), owing.member(), code);
        } catch (NotNow tooMany) {
            return new Tried.TooEarly(tooMany.retryAfter());
        }
    }

    /** Somebody knows the password, and it may not be its owner. */
    private void tellOfGuesses(MemberId member, boolean knownDevice, Coming seen, @Nullable Recorded recorded) {
        var kind = knownDevice ? NoticeKind.CODES_GUESSED_WHERE_KNOWN : NoticeKind.CODES_GUESSED;
        transaction.executeWithoutResult(status -> notices.tellOnceADay(member, kind, seen, recorded));
    }

    /**
     * What the app of somebody needs to know who has to make a second step before they may come in; the same for as long as this
     * sign-in lasts.
     *
     * @throws CredentialsExpiredException when it has to begin again
     */
    Enrolment enrolment(String token) {
        var owing = steps.of(token)
                .filter(it -> !factors.has(it.member()) && !passkeys.has(it.member()))
                .filter(it -> people.demandsSecondStep(it.organization()))
                .orElseThrow(SignIn::startAgain);
        var sealed = steps.secret(token).orElseGet(() -> {
            var made = factors.sealedSecret(owing.member());
            steps.keep(token, made);
            return made;
        });
        return Totp.enrolment(
                factors.open(owing.member(), sealed), owing.email().text());
    }

    /** The first code of a second step that had to be made: it counts from now on, and what began without it is over. */
    private SignedIn made(String token, Owing owing, String code, Origin from, Kind kind) {
        if (passkeys.has(owing.member())) throw startAgain();
        var sealed = steps.secret(token).orElseThrow(SignIn::startAgain);
        var secret = factors.open(owing.member(), sealed);
        var step = Totp.step(secret, code.replaceAll("\\s", ""), clock.instant(), 0);
        if (step.isEmpty()) {
            steps.wrong(token);
            record.failed(owing.organization(), owing.email().text(), from, "wrong-code");
            throw new BadCredentialsException(DOES_NOT_FIT);
        }
        return transaction.execute(status -> {
            if (!steps.finish(token)) throw startAgain();
            sessions.endAll(owing.member());
            var recorded = record.succeeded(owing.organization(), owing.email(), from, "totp");
            var in = begun(owing.member(), owing.organization(), from, coming(from, kind, true), recorded);
            notices.tell(owing.member(), NoticeKind.SECOND_FACTOR_ON, null, recorded);
            // Last: whoever denies that it was them who came denies what was made then.
            if (!factors.made(owing.member(), sealed, step.getAsLong())) throw startAgain();
            access.keepAtTheDoor(new SecondFactorSwitchedOn(owing.organization(), owing.member(), clock.instant()));
            return in;
        });
    }

    /** For whoever asks: a challenge, good once. */
    Map<String, Object> passkeyRequest(Origin from) {
        brake.beforeAskingForPasskey(from, devices.isKnown(from));
        return passkeys.request();
    }

    /**
     * Both steps in one: what a passkey's device answered.
     *
     * @throws BadCredentialsException when it does not hold
     */
    SignedIn withPasskey(String answer, Origin from, Kind kind) {
        var knownDevice = devices.isKnown(from);
        brake.beforePasskey(from, knownDevice);
        try {
            var answered = passkeys.answered(answer, null);
            var in = transaction.execute(status -> came(answered, from, kind));
            if (in.isPresent()) brake.heldPasskey(from, knownDevice);
            return in.orElseThrow(() -> new BadCredentialsException(OPENS_NOTHING));
        } catch (Passkeys.DoesNotHold wrong) {
            throw turnedAway("", from, "wrong-passkey", OPENS_NOTHING);
        }
    }

    /** The key is held until its owner is in: who takes it away meanwhile ends what began with it. */
    private Optional<SignedIn> came(Passkeys.Answered answered, Origin from, Kind kind) {
        var member = passkeys.holder(answered);
        var who = people.about(member)
                .orElseThrow(() -> new Passkeys.DoesNotHold("its member belongs nowhere any more", null));
        var known = people.by(who.email()).orElseThrow();
        if (known.disabled()) {
            record.failed(known.organization(), who.email().text(), from, "disabled");
            return Optional.empty();
        }
        var recorded = record.succeeded(known.organization(), who.email(), from, "passkey");
        return Optional.of(begun(member, known.organization(), from, coming(from, kind, true), recorded));
    }

    private SignedIn begun(
            MemberId member, TenantId organization, Origin from, Coming coming, @Nullable Recorded recorded) {
        boolean isNews = devices.isNews(member, from, coming.device(), coming.place());
        devices.know(member, from, coming.device(), coming.place());
        if (isNews) {
            notices.tell(member, NoticeKind.NEW_DEVICE, coming, recorded);
            access.keepAtTheDoor(new NewDeviceSeen(organization, member, clock.instant()));
        }
        return sessions.begin(member, organization, coming);
    }

    /** What its member will know a session by that begins so. */
    Coming coming(Origin from, Kind kind, boolean withSecondFactor) {
        var device = whereabouts.deviceOf(from.userAgent());
        var place = whereabouts.placeOf(from.address());
        return new Coming(
                kind,
                device == null ? null : joined(" on ", device.browser(), device.os()),
                place == null ? null : joined(", ", place.city(), place.country()),
                from.device(),
                withSecondFactor);
    }

    private static @Nullable String joined(String with, @Nullable String one, @Nullable String two) {
        var known = Stream.of(Optional.ofNullable(one), Optional.ofNullable(two))
                .flatMap(Optional::stream)
                .toList();
        return known.isEmpty() ? null : String.join(with, known);
    }

    private static CredentialsExpiredException startAgain() {
        return new CredentialsExpiredException("This sign-in took too long or too many codes. Begin again.");
    }

    void out(UUID session) {
        sessions.endSignIn(session, "signed out");
    }

    private BadCredentialsException turnedAway(String typed, Origin from, String cause) {
        return turnedAway(typed, from, cause, DO_NOT_GO_TOGETHER);
    }

    private BadCredentialsException turnedAway(String typed, Origin from, String cause, String says) {
        people.platform().ifPresent(platform -> record.failed(platform, typed, from, cause));
        return new BadCredentialsException(says);
    }

    private static BadCredentialsException doNotGoTogether() {
        return new BadCredentialsException(DO_NOT_GO_TOGETHER);
    }
}
