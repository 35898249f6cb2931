package io.velvetastro.language;

import java.time.Period;

/** What an organisation has subscribed to, and how much of everything that is. What goes beyond it is refused, and nothing that is there is ever taken away. */
public enum Plan {
    FREE(5, 2, 100_000, Period.ofMonths(1), false),
    PRO(50, 20, 5_000_000, Period.ofMonths(12), true),
    ENTERPRISE(Plan.UNLIMITED, 200, Plan.UNLIMITED, Period.ofMonths(84), true);

    /** As good as no limit, and a number all the same. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final long members;
    private final long serviceAccounts;
    private final long eventsADay;
    private final Period keeps;
    private final boolean auditExport;

    Plan(long members, long serviceAccounts, long eventsADay, Period keeps, boolean auditExport) {
        this.members = members;
        this.serviceAccounts = serviceAccounts;
        this.eventsADay = eventsADay;
        this.keeps = keeps;
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

    /** The longest that personal values of events stay readable. */
    public Period keeps() {
        return keeps;
    }

    /** Whether the record can be taken out as a file. */
    public boolean hasAuditExport() {
        return auditExport;
    }
}
