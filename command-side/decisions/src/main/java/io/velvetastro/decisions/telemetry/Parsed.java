package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.Address;
import io.velvetastro.language.Device;
import io.velvetastro.language.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a parser made of one piece of input; places, opaque names and seals come later. */
sealed interface Parsed {

    /** Valid, and nothing we keep. */
    record Nothing() implements Parsed {
        static final Nothing IT = new Nothing();
    }

    /** Cannot be taken: which field, and why. Never quotes the input, which may hold a secret. */
    record Bad(String field, String detail) implements Parsed {}

    /** Something that becomes an event. */
    sealed interface Kept extends Parsed {
        Instant at();

        /** The system that knows the user, such as a product or log name. */
        String realm();

        /** The source's own id of the event, if it gives one. */
        @Nullable
        String uid();
    }

    record Login(
            Instant at,
            boolean succeeded,
            String realm,
            @Nullable String uid,
            String sensor,
            @Nullable String user,
            @Nullable Address source,
            @Nullable String service,
            @Nullable String method,
            @Nullable String host,
            @Nullable String cause,
            @Nullable String userAgent,
            @Nullable Device device,
            @Nullable String line,
            boolean simulated)
            implements Kept {

        /** Without the name, nor the line that quotes it, where the name looks like a password that somebody typed into the wrong field. */
        Login withoutTypedPassword() {
            if (succeeded || !Cause.UNKNOWN_USER.equals(cause) || !TypedNames.looksLikePassword(user)) return this;
            return new Login(
                    at, false, realm, uid, sensor, null, source, service, method, host, cause, userAgent, device, null,
                    simulated);
        }
    }

    record Alert(
            Instant at,
            String realm,
            @Nullable String uid,
            String sensor,
            String name,
            @Nullable Severity severity,
            @Nullable Address source,
            @Nullable Address target,
            @Nullable String user,
            @Nullable String host,
            @Nullable String line,
            boolean simulated)
            implements Kept {}

    /** One line that stands for several like events. */
    record Repeated(Kept what, int times) implements Parsed {}
}
