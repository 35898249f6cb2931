package io.velvetastro.screens.admin;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Role;
import java.util.List;
import java.util.stream.Stream;

/** Which roles somebody can give: those that have no more than their own. */
final class Roles {
    private Roles() {}

    static List<Role> givenBy(Caller caller) {
        return Stream.of(Role.values())
                .filter(role -> role != Role.SERVICE)
                .filter(role -> caller.authorities().containsAll(role.authorities()))
                .toList();
    }
}
