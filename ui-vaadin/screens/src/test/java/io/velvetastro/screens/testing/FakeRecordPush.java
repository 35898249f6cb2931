package io.velvetastro.screens.testing;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.RecordPush;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A receiver that took twelve entries and then none; once it is set anew it takes all, and a trial. */
public final class FakeRecordPush implements RecordPush {
    public static final String SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private final Instant now;
    private @Nullable String url = "https://siem.brightwater.example/velvet";
    private boolean failing = true;
    private @Nullable Instant oldSecretUntil;
    private @Nullable Trial trial;

    public FakeRecordPush(Instant now) {
        this.now = now;
    }

    @Override
    public PushState state(Caller caller) {
        if (url == null) return PushState.off();
        var asked = trial;
        if (asked != null && asked.at() == null) trial = new Trial(asked.askedAt(), now, null, 204);
        return new PushState(
                failing ? State.FAILING : State.ON,
                url,
                now.minus(Duration.ofDays(3)),
                12L,
                now.minus(Duration.ofMinutes(40)),
                failing ? 3L : 0L,
                failing ? now.minus(Duration.ofMinutes(40)) : null,
                failing ? 5 : null,
                failing ? Problem.STATUS : null,
                failing ? 503 : null,
                failing ? now.plus(Duration.ofMinutes(4)) : null,
                null,
                oldSecretUntil,
                asked);
    }

    @Override
    public ShownSecret set(Caller caller, String wanted) {
        if (!wanted.startsWith("https://"))
            throw new Refused(NOT_AS_IT_STANDS, "The address must begin with https://.");
        url = wanted;
        failing = false;
        return new ShownSecret(SECRET);
    }

    @Override
    public ShownSecret renew(Caller caller) {
        oldSecretUntil = now.plus(Duration.ofDays(1));
        return new ShownSecret(SECRET);
    }

    @Override
    public void tryOut(Caller caller) {
        trial = new Trial(now, null, null, null);
    }

    @Override
    public void remove(Caller caller) {
        url = null;
    }
}
