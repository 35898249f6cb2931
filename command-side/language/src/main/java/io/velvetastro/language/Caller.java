package io.velvetastro.language;

import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who asks: the principal of every authenticated request, session and push, whichever door they came through. A program's
 * {@code member} is its service account, and its {@code email} is empty. {@code actor} is the form that event envelopes carry.
 *
 * @param readsOnly beyond what their organisation's plan has room for, and for longer than the grace
 */
public record Caller(
        TenantId tenant,
        MemberId member,
        Role role,
        String name,
        String email,
        String organization,
        Plan plan,
        boolean readsOnly)
        implements Serializable, java.security.Principal {
    public Caller(
            TenantId tenant, MemberId member, Role role, String name, String email, String organization, Plan plan) {
        this(tenant, member, role, name, email, organization, plan, false);
    }

    public String actor() {
        return (role == Role.SERVICE ? "service:" : "member:") + member;
    }

    /** What a person may now; a program's stand in its key. */
    public Set<Authority> authorities() {
        return readsOnly
                ? role.authorities().stream().filter(role::keepsBeyondThePlan).collect(Collectors.toUnmodifiableSet())
                : role.authorities();
    }

    public boolean may(Authority authority) {
        return authorities().contains(authority);
    }

    /** Whether nothing but the plan stands in the way. */
    public boolean losesByThePlan(Authority authority) {
        return readsOnly
                && !role.keepsBeyondThePlan(authority)
                && (role == Role.SERVICE || role.authorities().contains(authority));
    }

    @Override
    public String getName() {
        return member.toString();
    }
}
