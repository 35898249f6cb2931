package io.velvetastro.store.following;

import io.velvetastro.language.Overloaded;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a machine in trouble, which passes, from an event that cannot be taken, which does not. */
final class Trouble {
    /** Connection, rollback (deadlock), resources, operator intervention, system error. */
    private static final Set<String> PASSING_STATES = Set.of("08", "40", "53", "57", "58");

    private static final String READ_ONLY = "25006";

    private Trouble() {}

    static boolean passes(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SQLTransientException ignored -> {
                    return true;
                }
                case SQLRecoverableException ignored -> {
                    return true;
                }
                case SQLException sql
                when passes(sql.getSQLState()) -> {
                    return true;
                }
                case TransientDataAccessException ignored -> {
                    return true;
                }
                case RecoverableDataAccessException ignored -> {
                    return true;
                }
                case CannotCreateTransactionException ignored -> {
                    return true;
                }
                case InterruptedException ignored -> {
                    return true;
                }
                case Overloaded ignored -> {
                    return true;
                }
                case Places.PlaceLost ignored -> {
                    return true;
                }
                case Error ignored -> { // Out of memory says nothing about the event.
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean passes(@Nullable String state) {
        if (state == null || state.length() != 5) return false;
        return PASSING_STATES.contains(state.substring(0, 2)) || state.equals(READ_ONLY);
    }
}
