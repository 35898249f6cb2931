package io.velvetastro.notary;

import io.velvetastro.questions.HealthSource;
import io.velvetastro.questions.Monitor.Component;
import io.velvetastro.questions.Monitor.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.common.AxonException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Says whether the ledger keeps up, how old its last checkpoint is, and at once when it contradicts itself. */
final class LedgerHealth implements HealthSource {
    /** So long it may be busy; whoever needs a proof of the newest events waits longer than they should from here on. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final Notary notary;
    private final Rounds rounds;
    private final DoubtBook doubts;
    private final Troubles troubles;

    LedgerHealth(Notary notary, Rounds rounds, DoubtBook doubts, Troubles troubles) {
        this.notary = notary;
        this.rounds = rounds;
        this.doubts = doubts;
        this.troubles = troubles;
    }

    @Override
    public Component health() {
        long now = System.nanoTime();
        var ledger = of(notary.failure(), notary.doubts(), acknowledged(), notary.standing(), now);
        var shown = waiting(notary.backlog(), ledger, now);
        var audited = rounds.last().map(last -> after(last, shown)).orElse(shown);
        return troubles.words().map(words -> troubled(words, audited)).orElse(audited);
    }

    /** Whose newest state a witness has not seen gets no proof of it yet, however far the platform's log is. */
    static Component waiting(LogStates.Backlog backlog, Component ledger, long nowNanos) {
        if (backlog.logs() == 0) return ledger;
        var longest = Duration.ofNanos(nowNanos - backlog.sinceNanos());
        var figures = new LinkedHashMap<>(ledger.figures());
        figures.put("logs.waiting", Integer.toString(backlog.logs()));
        figures.put("logs.waitingSeconds", Long.toString(longest.toSeconds()));
        if (longest.compareTo(LATE) <= 0) return new Component("ledger", ledger.state(), ledger.says(), figures);
        return new Component(
                "ledger",
                ledger.state() == State.DOWN ? State.DOWN : State.DEGRADED,
                "the witnesses have not seen the newest of " + backlog.logs()
                        + (backlog.logs() == 1 ? " organisation" : " organisations") + ", the first of it came "
                        + ago(longest) + "; " + ledger.says(),
                figures);
    }

    /** What cannot be counted cannot be handed out as complete; nothing that is proven is less so. */
    static Component troubled(String words, Component ledger) {
        return new Component(
                "ledger",
                ledger.state() == State.DOWN ? State.DOWN : State.DEGRADED,
                words + "; " + ledger.says(),
                ledger.figures());
    }

    /** What the last round through the whole store has found counts for more than that the newest is proven. */
    static Component after(Rounds.Last last, Component ledger) {
        var figures = new LinkedHashMap<>(ledger.figures());
        figures.put("audit.at", last.at().toString());
        figures.put("audit.events", Long.toString(last.events()));
        figures.put("audit.deviations", Integer.toString(last.deviations()));
        if (last.deviations() > 0)
            return new Component(
                    "ledger",
                    State.DOWN,
                    "The store is not as the ledger has it, in " + last.deviations()
                            + (last.deviations() == 1 ? " place: " : " places, first: ") + last.first() + "; "
                            + ledger.says(),
                    figures);
        if (last.failure() != null)
            return new Component(
                    "ledger",
                    ledger.state() == State.DOWN ? State.DOWN : State.DEGRADED,
                    "the store could not be held against the ledger (" + last.failure() + "); " + ledger.says(),
                    figures);
        return new Component("ledger", ledger.state(), ledger.says(), figures);
    }

    private long acknowledged() {
        try {
            return notary.doubts() == 0 ? 0 : doubts.countAcknowledged();
        } catch (DataAccessException | TransactionException | AxonException away) {
            return 0; // That the store is away is said elsewhere.
        }
    }

    /** A doubt never goes: somebody has looked at it, or nobody has. */
    static Component of(
            @Nullable String failure, long doubts, long acknowledged, Notary.Standing standing, long nowNanos) {
        var health = of(failure, standing, nowNanos);
        if (doubts == 0) return health;
        var state = acknowledged < doubts || health.state() == State.DOWN ? State.DOWN : State.DEGRADED;
        return new Component("ledger", state, said(doubts, acknowledged) + "; " + health.says(), health.figures());
    }

    static String said(long doubts, long acknowledged) {
        var changed = doubts + (doubts == 1 ? " event was" : " events were")
                + " changed in the store before the ledger had " + (doubts == 1 ? "it" : "them");
        if (acknowledged == 0) return changed;
        return changed + " (an administrator has looked at "
                + (acknowledged < doubts ? acknowledged + " of them)" : doubts == 1 ? "it)" : "all of them)");
    }

    static Component of(@Nullable String failure, Notary.Standing standing, long nowNanos) {
        var figures = figures(standing, nowNanos);
        if (failure != null)
            return new Component(
                    "ledger", failure.startsWith(Notary.CONTRADICTS) ? State.DOWN : State.DEGRADED, failure, figures);
        var behind = Duration.ofNanos(nowNanos - standing.lookedNanos());
        if (standing.standsBy() && behind.compareTo(LATE) > 0)
            return new Component(
                    "ledger",
                    State.DEGRADED,
                    "stands by, and the process that keeps the ledger hangs: the last it did was " + ago(behind),
                    figures);
        if (standing.standsBy())
            return new Component("ledger", State.UP, "stands by: another process keeps the ledger", figures);
        if (standing.lookedNanos() == 0)
            return new Component("ledger", State.DEGRADED, "is taking in what was stored", figures);
        if (behind.compareTo(LATE) > 0)
            return new Component("ledger", State.DEGRADED, "is late: had proof of everything " + ago(behind), figures);
        return new Component(
                "ledger",
                State.UP,
                standing.signedNanos() == 0
                        ? "all proven, nothing new since the start"
                        : "all proven, last signed " + ago(Duration.ofNanos(nowNanos - standing.signedNanos())),
                figures);
    }

    private static Map<String, String> figures(Notary.Standing standing, long nowNanos) {
        var figures = new LinkedHashMap<String, String>();
        figures.put("checkpoint.size", Long.toString(standing.size()));
        if (standing.signedNanos() != 0)
            figures.put(
                    "checkpoint.ageSeconds",
                    Long.toString(
                            Duration.ofNanos(nowNanos - standing.signedNanos()).toSeconds()));
        return figures;
    }

    private static String ago(Duration age) {
        if (age.toSeconds() < 120) return age.toSeconds() + " s ago";
        return age.toMinutes() < 120 ? age.toMinutes() + " min ago" : age.toHours() + " h ago";
    }
}
