package io.velvetastro.language;

import java.io.Serializable;

/** Who asks: the principal of every authenticated request, session and push, whichever door they came through. {@code actor} is the form that event envelopes carry. */
public record Caller(
        TenantId tenant, MemberId member, Role role, String name, String email, String organization, Plan plan)
        implements Serializable, java.security.Principal {
    public String actor() {
        return "member:" + member;
    }

    @Override
    public String getName() {
        return member.toString();
    }
}
