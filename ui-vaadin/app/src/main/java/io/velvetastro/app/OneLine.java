package io.velvetastro.app;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A start that fails for a reason a person can mend says so in one line, without a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class OneLine implements SpringBootExceptionReporter {
    private static final String NOT_PERMITTED = "42501";

    @Override
    public boolean reportException(Throwable failure) {
        var known = explain(failure);
        known.ifPresent(refusal -> System.err.println(refusal.getMessage()));
        return known.isPresent();
    }

    private static String firstLine(SQLException refused) {
        return String.valueOf(refused.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "");
    }

    static int exitCodeOf(Throwable failure) {
        return explain(failure).map(refusal -> refusal.because().exitCode()).orElse(1);
    }

    static CannotStart portTaken(int port, Exception why) {
        var detail = String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT);
        if (detail.contains("permission")) {
            return new CannotStart(
                    MACHINE,
                    "Listening on port " + port
                            + " is not permitted to this user: choose one above 1023 with --port N.");
        }
        if (detail.contains("assign")) {
            return new CannotStart(
                    MACHINE, "This machine does not have the address it was asked to listen on: change --bind ADDR.");
        }
        return new CannotStart(
                MACHINE, "Port " + port + " is in use: stop what listens there or choose another with --port N.");
    }

    private static Optional<CannotStart> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CannotStart refusal -> {
                    return Optional.of(refusal);
                }
                case PortInUseException taken -> {
                    return Optional.of(portTaken(taken.getPort(), taken));
                }
                case SQLException refused
                when isUnreachable(refused) -> {
                    return Optional.of(
                            new CannotStart(
                                    MACHINE,
                                    "The database does not answer or refuses the login: check VELVET_DB_URL, VELVET_DB_USER and VELVET_DB_PASSWORD."));
                }
                case SQLException refused
                when NOT_PERMITTED.equals(refused.getSQLState()) -> {
                    return Optional.of(
                            new CannotStart(
                                    MACHINE,
                                    "The account in VELVET_DB_USER lacks a right in the database (" + firstLine(refused)
                                            + "): make it the owner, ALTER DATABASE … OWNER TO …, or give it CREATE on the database; it needs no superuser."));
                }
                default -> {
                    if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
                        return Optional.of(new CannotStart(
                                MACHINE,
                                "The disk is full: free some space or choose another folder with --data DIR."));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Class 08 is the connection, 28 the login. */
    private static boolean isUnreachable(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("28") || failure.getCause() instanceof ConnectException;
    }
}
