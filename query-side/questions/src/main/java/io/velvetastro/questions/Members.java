package io.velvetastro.questions;

import io.velvetastro.language.MemberId;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.util.List;

/** Questions about the people of an organisation. */
public interface Members {

    record MemberList(TenantId tenant) {}

    record MemberRow(MemberId id, String name, String email, Role role) {}

    record MemberListAnswer(List<MemberRow> members) {}
}
