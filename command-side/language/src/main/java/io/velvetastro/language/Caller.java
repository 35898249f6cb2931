package io.velvetastro.language;

import java.io.Serializable;

/**
 * Who asks: the principal of every authenticated request, session and push, whichever door they came through. A program's
 * {@code member} is its service account, and its {@code email} is empty. {@code actor} is the form that event envelopes carry.
 */
public record Caller(
        TenantId tenant, MemberId member, Role role, String name, String email, String organization, Plan plan)
        implements Serializable, java.security.Principal {
    public String actor() {
        return (role == Role.SERVICE ? "service:" : "member:") + member;
    }

    @Override
    public String getName() {
        return member.toString();
    }
}
