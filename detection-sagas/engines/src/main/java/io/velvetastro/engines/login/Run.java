package io.velvetastro.engines.login;

import io.velvetastro.engines.Minutes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One attack still going on, as one rule sees it: overlapping windows that matched are one run, so that a feed has one row that counts.
 *
 * @param peer the account it is about where the rule groups by it too, or the shared address its owner may have come from, else {@link Try#NOBODY}
 * @param told the count that was last reported
 * @param level one more than the level that was last reported; 0 for quiet, -1 for nothing yet
 * @param evidence the first and the newest of its attempts
 * @param owed what it was the first to count since its count was last reported
 */
record Run(
        String rule,
        UUID peer,
        UUID series,
        long first,
        long last,
        long count,
        long told,
        int level,
        List<Try> evidence,
        Minutes owed) {
    static final int MOST_EVIDENCE = 50;
    private static final long LONGEST_MILLIS = 12 * 3_600_000L;
    /** Up to this many every event is told, beyond it doublings, and every ten minutes if at least as many have come: no evidence is dropped, and no feed is flooded. */
    private static final int TOLD_SINGLY = 16;

    private static final long TOLD_EVERY_MILLIS = 600_000;

    static Run begun(String rule, UUID peer, UUID series, List<Try> tries) {
        return new Run(
                rule,
                peer,
                series,
                tries.getFirst().at(),
                tries.getLast().at(),
                tries.size(),
                0,
                -1,
                ends(tries),
                Minutes.NONE);
    }

    boolean sameAs(Run other) {
        return series.equals(other.series);
    }

    boolean concerns(String rule, UUID peer) {
        return this.rule.equals(rule) && this.peer.equals(peer);
    }

    boolean swallows(Run other) {
        return concerns(other.rule, other.peer) && first <= other.first && last >= other.last;
    }

    /** Whether these attempts go on with this run; one that never ends begins anew twice a day, so that no story need be longer than a day. */
    boolean touches(long from, long to) {
        return from <= last && to >= first && Math.max(to, last) - Math.min(from, first) <= LONGEST_MILLIS;
    }

    /** This run with more attempts, {@code added} of them new; those it has already are not counted twice. */
    Run joined(List<Try> tries, long added) {
        // In good order everything but the newest is known already.
        int known = tries.size();
        while (known > 0 && Try.ORDER.compare(tries.get(known - 1), evidence.getLast()) > 0) known--;
        boolean inOrder = added == 1 && known == tries.size() - 1;
        var all = inOrder ? appended(tries.getLast()) : merged(tries);
        boolean whole = count <= MOST_EVIDENCE && all.size() <= MOST_EVIDENCE;
        return new Run(
                rule,
                peer,
                series,
                Math.min(first, tries.getFirst().at()),
                Math.max(last, tries.getLast().at()),
                whole ? all.size() : Math.max(count + added, all.size()),
                told,
                level,
                ends(all),
                owed);
    }

    private List<Try> appended(Try newest) {
        var all = new ArrayList<Try>(evidence.size() + 1);
        all.addAll(evidence);
        all.add(newest);
        return all;
    }

    private List<Try> merged(List<Try> tries) {
        var all = new TreeSet<>(Try.ORDER);
        all.addAll(evidence);
        all.addAll(tries);
        return new ArrayList<>(all);
    }

    /** @param patient where a row for the whole attack counts already: only the doublings of this one are worth telling */
    boolean isNews(int level, boolean patient) {
        return level > this.level
                || level < this.level && count != told
                || count != told && (!patient && count <= TOLD_SINGLY || count >= 2 * told || isOverdue());
    }

    /** Whether somebody guesses, familiar to nobody, and has not stopped for so long. */
    boolean isOn(long at, long withinMillis) {
        return level > 0 && at >= first - withinMillis && at <= last + withinMillis;
    }

    private boolean isOverdue() {
        return count - told >= TOLD_SINGLY && owed.beganBefore(last - TOLD_EVERY_MILLIS);
    }

    Run told(int level) {
        return new Run(rule, peer, series, first, last, count, count, level, evidence, Minutes.NONE);
    }

    Run owing(Minutes more) {
        return new Run(rule, peer, series, first, last, count, told, level, evidence, owed.with(more));
    }

    private static List<Try> ends(List<Try> tries) {
        if (tries.size() <= MOST_EVIDENCE) return List.copyOf(tries);
        var ends = new ArrayList<>(tries.subList(0, MOST_EVIDENCE / 2));
        ends.addAll(tries.subList(tries.size() - MOST_EVIDENCE / 2, tries.size()));
        return List.copyOf(ends);
    }
}
