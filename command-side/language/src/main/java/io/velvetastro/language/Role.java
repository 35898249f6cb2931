package io.velvetastro.language;

import java.util.Set;

/** What a member may do, from most to least; authorities are what doors ask for. */
public enum Role {
    SUPER_ADMIN(Set.of(Authority.values())),
    ORG_ADMIN(Set.of(
            Authority.MONITOR_READ,
            Authority.MONITOR_WRITE,
            Authority.INCIDENTS_READ,
            Authority.INCIDENTS_WRITE,
            Authority.DEFENSE_READ,
            Authority.DEFENSE_WRITE,
            Authority.ORG_ADMIN)),
    IT_SECURITY(Set.of(
            Authority.MONITOR_READ,
            Authority.MONITOR_WRITE,
            Authority.INCIDENTS_READ,
            Authority.INCIDENTS_WRITE,
            Authority.DEFENSE_READ,
            Authority.DEFENSE_WRITE)),
    EMPLOYEE(Set.of()),
    /** A program's account: what it may stands in its key. No member has it. */
    SERVICE(Set.of());

    private final Set<Authority> authorities;

    Role(Set<Authority> authorities) {
        this.authorities = authorities;
    }

    /** Whether who is beyond the plan has it still. A program goes on to send logs: how many, the events of a day say, and nobody is less safe for it. */
    public boolean keepsBeyondThePlan(Authority authority) {
        return authority.isReading() || this == SERVICE && authority == Authority.MONITOR_WRITE;
    }

    public Set<Authority> authorities() {
        return authorities;
    }
}
