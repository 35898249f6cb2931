package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.questions.OwnAccount.ProofDue;
import io.velvetastro.questions.Proof;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;

/** Before something that outlives a session, its member proves again who they are: whoever sits down before an open screen, or has stolen a token, gets no key, no role and no passkey with it. */
class FreshProof implements Proof {
    private final JdbcClient db;
    private final Duration lasts;
    private final Clock clock;

    FreshProof(JdbcClient db, Duration lasts, Clock clock) {
        this.db = db;
        this.lasts = lasts;
        this.clock = clock;
    }

    @Override
    public void needed() {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn me))
            return; // A program proves itself with each call.
        boolean fresh = db.sql("select proved_at > ? from identity.session where id = ?")
                .params(clock.instant().minus(lasts).atOffset(UTC), me.session())
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (!fresh) throw new ProofDue(lasts);
    }

    /** Whether whoever this thread works for came in with more than a password. */
    boolean isBySecondFactor() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn me
                && db.sql("select second_factor_at is not null from identity.session where id = ?")
                        .param(me.session())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false);
    }

    void given(UUID session) {
        db.sql("update identity.session set proved_at = ? where id = ?")
                .params(clock.instant().atOffset(UTC), session)
                .update();
    }
}
