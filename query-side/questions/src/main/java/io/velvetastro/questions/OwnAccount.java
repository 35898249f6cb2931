package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What members may do about their own way in. A port and no message: passwords and codes travel nowhere else. It speaks for whoever this thread works for, and for nobody else; a program has nothing here.
 */
public interface OwnAccount {

    /** A session of one's own; {@code device} and {@code place} are what was thought at sign-in. */
    record SessionRow(
            UUID id,
            String kind,
            @Nullable String device,
            @Nullable String place,
            Instant startedAt,
            @Nullable Instant lastSeenAt,
            boolean secondFactor,
            boolean current) {}

    /** What one has signed in with, and what is known to the account by a cookie; {@code device} and {@code place} are what was thought then. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceRow(
            UUID id,
            @Nullable String device,
            @Nullable String place,
            Instant firstSeenAt,
            Instant lastSeenAt,
            boolean current) {}

    /** How the second factor stands. */
    record SecondFactor(boolean on, int recoveryCodesLeft) {}

    /**
     * What an authenticator app needs to know, this once.
     *
     * @param qr the uri as a picture: the path of an SVG whose view box is {@code qrSize} wide and high
     */
    record Enrolment(String secret, String uri, String qr, int qrSize) {
        @Override
        public String toString() {
            return "Enrolment";
        }
    }

    /** What members are told about their own way in. */
    enum NoticeKind {
        NEW_DEVICE,
        PASSWORD_CHANGED,
        SECOND_FACTOR_ON,
        SECOND_FACTOR_OFF,
        SECOND_FACTOR_RESET,
        RECOVERY_CODES,
        RECOVERY_CODE_USED,
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        SESSION_STOLEN,
        CODES_GUESSED,
        CODES_GUESSED_WHERE_KNOWN,
        PASSWORD_GIVEN
    }

    /**
     * @param codesLeft how many recovery codes were left when one was used
     * @param denied whether the member has said it was not them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NoticeRow(
            UUID id,
            NoticeKind kind,
            @Nullable String device,
            @Nullable String place,
            Instant at,
            @Nullable Integer codesLeft,
            boolean denied) {
        /** For so long it can be said that it was somebody else. */
        public static final Duration DENIABLE_FOR = Duration.ofDays(7);
    }

    /** @param backedUp whether it is kept by a password manager, and so on more than one device */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PasskeyRow(
            UUID id,
            String label,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            boolean backedUp) {}

    /** The last proof of who this is is too old for what was asked; {@link #prove} gives a fresh one. */
    final class ProofDue extends RuntimeException {
        private final Duration lasts;

        public ProofDue(Duration lasts) {
            super("a fresh proof is due", null, false, false);
            this.lasts = lasts;
        }

        public Duration lasts() {
            return lasts;
        }
    }

    /** A proof that did not hold; {@code field} is {@code password}, {@code code}, {@code fresh}, {@code name} or {@code credential}. */
    final class NotProven extends RuntimeException {
        private final String field;

        public NotProven(String field, String says) {
            super(says, null, false, false);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    List<SessionRow> sessions();

    /** Somebody is at the page: the session is in use, which what a page asks by itself does not show. */
    void stillHere();

    /** Whether the session stands, in the role it began with. A page's own question is no use of it. */
    boolean isStillIn();

    /** Over at the next request, screen or push; with a fresh proof unless it is the one that asks. */
    void endSession(UUID session);

    /**
     * With a fresh proof.
     *
     * @return how many there were
     */
    int endOtherSessions();

    /** The one that asks first, then those used last. */
    List<DeviceRow> devices();

    /** A stranger from now on, and signed out unless it is the one that asks. Takes a fresh proof: whoever has stolen one session does not make the owner's desk a stranger. */
    void forgetDevice(UUID device);

    SecondFactor secondFactor();

    /** A fresh proof of who this is: a code where there is a second factor, the password where there is none. */
    void prove(String proof);

    /** What the browser needs to prove it with a passkey, as JSON; good once and for five minutes. */
    String proofOptions();

    /** @param answer what the browser gave, as JSON */
    void proveByPasskey(String answer);

    /** Ends the other sessions. */
    void changePassword(String current, String fresh);

    /** What one is called from now on, in all of one's organisations: by the rules of a registration. */
    void rename(String name);

    List<PasskeyRow> passkeys();

    /** What the browser needs to make a passkey, as JSON; good once and for five minutes. */
    String passkeyOptions();

    /** @param answer what the browser made, as JSON */
    void addPasskey(String label, String answer);

    void removePasskey(UUID passkey);

    /** Some notices; {@code next} leads on to older ones, where there are any. */
    record NoticePage(List<NoticeRow> rows, @Nullable UUID next) {}

    /**
     * Newest first.
     *
     * @param after where the page before ended; absent for the first
     */
    NoticePage notices(@Nullable UUID after);

    /** Everything the door keeps about oneself, as one JSON object. Takes a fresh proof. */
    String export();

    /** Ends the other sessions, makes every other device a stranger, and takes away what was added with that notice or after it. Takes a fresh proof: otherwise it would switch a second step off for whoever sits there. */
    void notMe(UUID notice);

    /** A new secret, which counts once it is confirmed. */
    Enrolment enrol(String password);

    /** Switches the second factor on and ends the other sessions, which have never seen one; answers the recovery codes, this once. */
    List<String> confirm(String code);

    void switchOff(String password, String code);

    /** New ones, this once; the old ones are void. */
    List<String> newRecoveryCodes(String code);
}
