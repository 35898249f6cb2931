package io.velvetastro.decisions.identity;

import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sweeps out sessions, links and invitations nobody can come back to, and notices that are no news to anybody; has heard what could not be when it was said, and sees to it that plans are kept to. */
@Component
class Housekeeping {
    private static final Duration KEPT_AFTER_THE_END = Duration.ofDays(7);
    private static final Duration NOTICES_ARE_KEPT = Duration.ofDays(180);

    private final Sessions sessions;
    private final SecondSteps steps;
    private final Links links;
    private final Passkeys passkeys;
    private final Staff staff;
    private final Seats seats;
    private final Notices notices;
    private final TryCounts tries;
    private final MonthsRuns runs;
    private final Clock clock;

    Housekeeping(
            Sessions sessions,
            SecondSteps steps,
            Links links,
            Passkeys passkeys,
            Staff staff,
            Seats seats,
            Notices notices,
            TryCounts tries,
            MonthsRuns runs,
            Clock clock) {
        this.sessions = sessions;
        this.steps = steps;
        this.links = links;
        this.passkeys = passkeys;
        this.staff = staff;
        this.seats = seats;
        this.notices = notices;
        this.tries = tries;
        this.runs = runs;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void sweep() {
        steps.forgetBefore(clock.instant());
        passkeys.forgetBefore(clock.instant());
        links.forgetBefore(clock.instant().minus(KEPT_AFTER_THE_END));
        staff.forgetBefore(clock.instant().minus(KEPT_AFTER_THE_END));
        notices.forgetBefore(clock.instant().minus(NOTICES_ARE_KEPT));
        sessions.forgetBefore(clock.instant().minus(KEPT_AFTER_THE_END));
        seats.settleAll();
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void hearDenials() {
        notices.hearWhatWaits();
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT10M")
    void tellWhosePlanFills() {
        runs.tellWhoseMonthFills();
    }

    /** Often: whoever sends a thousand machines makes thousands of rows a minute. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void forgetWhatTimeForgave() {
        tries.forgetBefore(clock.instant());
    }
}
