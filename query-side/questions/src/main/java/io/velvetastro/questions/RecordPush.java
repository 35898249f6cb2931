package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an organisation says to whom its record is sent. A port and no message: the secret is shown once, to whoever asked for it, and travels nowhere else. The caller must be the one this thread works for; what
 * they may not do is refused.
 */
public interface RecordPush {
    enum State {
        OFF,
        ON,
        FAILING,
        PAUSED
    }

    /** Why something was not taken; a word of a closed list, and nothing that the other side said. */
    enum Problem {
        /** The name leads nowhere, or to where the house does not go; which of them is nobody's business. */
        ADDRESS,
        UNREACHABLE,
        /** No TLS, or a certificate that is not to be trusted for this name. */
        UNTRUSTED,
        TIMEOUT,
        BROKEN_OFF,
        REDIRECT,
        /** Any other answer than "taken"; the status says which. */
        STATUS,
        /** It said that it wants no more. */
        GONE,
        /** The organisation's plan does not have it any more. */
        PLAN
    }

    /** @param at absent until it was sent; then without a problem where it was taken */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Trial(
            Instant askedAt,
            @Nullable Instant at,
            @Nullable Problem problem,
            @Nullable Integer status) {}

    /**
     * How it stands; everything is absent where nothing is set.
     *
     * @param url without its query, which may hold what lets in
     * @param delivered entries that were taken since it was set
     * @param waiting entries that were not, counted up to {@link Audit#MOST_WAITING}; absent where nobody can say now
     * @param problem of the newest try; absent while all is well
     * @param oldSecretUntil how long the secret before the present one counts too
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PushState(
            State state,
            @Nullable String url,
            @Nullable Instant setAt,
            @Nullable Long delivered,
            @Nullable Instant deliveredAt,
            @Nullable Long waiting,
            @Nullable Instant failingSince,
            @Nullable Integer tries,
            @Nullable Problem problem,
            @Nullable Integer status,
            @Nullable Instant nextTryAt,
            @Nullable Instant pausedAt,
            @Nullable Instant oldSecretUntil,
            @Nullable Trial trial) {
        public static PushState off() {
            return new PushState(
                    State.OFF, null, null, null, null, null, null, null, null, null, null, null, null, null);
        }
    }

    /** For this once. */
    record ShownSecret(String secret) {
        @Override
        public String toString() {
            return "ShownSecret";
        }
    }

    PushState state(Caller caller);

    /** From now on, with a fresh secret; where one was set already its place is kept and the next batch goes to the new address. */
    ShownSecret set(Caller caller, String url);

    /** Both secrets sign for a day. */
    ShownSecret renew(Caller caller);

    /** Soon, by whoever delivers; {@link #state} says what came of it. A trial that is taken ends a pause. */
    void tryOut(Caller caller);

    /** At once; a second time is silence. */
    void remove(Caller caller);
}
