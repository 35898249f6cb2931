package io.velvetastro.language;

import java.time.Duration;

/** What an organisation has subscribed to, and how much of everything that is. What goes beyond it is refused, but for what answers attacks; of what is there only time takes something away: names and addresses of months that lie further back than the plan keeps. */
public enum Plan {
    FREE(5, 2, 100_000, 100, 1, false),
    PRO(50, 20, 5_000_000, 5_000, 12, true),
    ENTERPRISE(Plan.UNLIMITED, 200, Plan.UNLIMITED, Plan.UNLIMITED, Plan.FOR_EVER, true);

    /** As good as no limit, and a number all the same. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** No month ends because of the plan; the organisation may say itself how long it keeps them. */
    public static final int FOR_EVER = 0;

    /** So long after a change to a plan that keeps less, nothing ends because of it. */
    public static final Duration GRACE = Duration.ofDays(30);

    private final long members;
    private final long serviceAccounts;
    private final long eventsADay;
    private final long playbookRunsAMonth;
    private final int keepsMonths;
    private final boolean auditExport;

    Plan(
            long members,
            long serviceAccounts,
            long eventsADay,
            long playbookRunsAMonth,
            int keepsMonths,
            boolean auditExport) {
        this.members = members;
        this.serviceAccounts = serviceAccounts;
        this.eventsADay = eventsADay;
        this.playbookRunsAMonth = playbookRunsAMonth;
        this.keepsMonths = keepsMonths;
        this.auditExport = auditExport;
    }

    public long members() {
        return members;
    }

    public long serviceAccounts() {
        return serviceAccounts;
    }

    /** Logins and alerts taken in on one day of UTC. */
    public long eventsADay() {
        return eventsADay;
    }

    /** Runs of playbooks that did something in one month of UTC. More of them are told, and never refused. */
    public long playbookRunsAMonth() {
        return playbookRunsAMonth;
    }

    /** For so many months personal values of events stay readable; {@link #FOR_EVER} where there is no end. */
    public int keepsMonths() {
        return keepsMonths;
    }

    /** Whether whoever changes from the other one to this has less time. */
    public boolean keepsLessThan(Plan other) {
        return keepsMonths != FOR_EVER && (other.keepsMonths == FOR_EVER || keepsMonths < other.keepsMonths);
    }

    /** Whether the record can be taken out as a file. */
    public boolean hasAuditExport() {
        return auditExport;
    }
}
