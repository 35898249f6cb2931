package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.identity.Sessions.Kind;
import java.util.UUID;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets people in who know their password, and tells nobody else why not: an unknown e-mail, a wrong password and a locked member look and take the same. */
class SignIn {
    private final People people;
    private final Passwords passwords;
    private final GuessingBrake brake;
    private final Sessions sessions;
    private final SignInRecord record;
    private final TransactionTemplate transaction;

    SignIn(
            People people,
            Passwords passwords,
            GuessingBrake brake,
            Sessions sessions,
            SignInRecord record,
            TransactionTemplate transaction) {
        this.people = people;
        this.passwords = passwords;
        this.brake = brake;
        this.sessions = sessions;
        this.record = record;
        this.transaction = transaction;
    }

    /**
     * @throws BadCredentialsException when they do not go together
     * @throws NotNow when it was not tried
     */
    SignedIn with(String email, String password, Origin from, Kind kind) {
        if (!Email.isOne(email) || password.length() > Passwords.LONGEST) throw turnedAway(email, from, "malformed");
        var typed = new Email(email);
        brake.beforeTrying(typed.key(), from.address());
        var known = people.by(typed).orElse(null);
        var fits = passwords.fits(password, known == null ? null : known.phc());
        if (known == null) throw turnedAway(email, from, "unknown-user");
        if (!fits || known.disabled()) {
            record.failed(known.organization(), email, from, fits ? "disabled" : "wrong-password");
            throw doNotGoTogether();
        }
        brake.succeeded(typed.key(), from.address());
        if (passwords.isOutdated(known.phc())) people.rehash(known.member(), known.phc(), passwords.hash(password));
        return transaction.execute(status -> {
            record.succeeded(known.organization(), typed, from);
            return sessions.begin(known.member(), known.organization(), kind);
        });
    }

    void out(UUID session) {
        sessions.end(session, "signed out");
    }

    private BadCredentialsException turnedAway(String typed, Origin from, String cause) {
        people.platform().ifPresent(platform -> record.failed(platform, typed, from, cause));
        return doNotGoTogether();
    }

    private static BadCredentialsException doNotGoTogether() {
        return new BadCredentialsException("This e-mail and password do not go together.");
    }
}
