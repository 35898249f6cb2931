package io.velvetastro.questions;

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

    /** A proof that did not hold; {@code field} is {@code password} or {@code code}. */
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

    /** Over at the next request, screen or push; one's own too. */
    void endSession(UUID session);

    /** @return how many there were */
    int endOtherSessions();

    SecondFactor secondFactor();

    /** A new secret, which counts once it is confirmed. */
    Enrolment enrol(String password);

    /** Switches the second factor on and ends the other sessions, which have never seen one; answers the recovery codes, this once. */
    List<String> confirm(String code);

    void switchOff(String password, String code);

    /** New ones, this once; the old ones are void. */
    List<String> newRecoveryCodes(String code);
}
