package io.velvetastro.app.access;

import io.velvetastro.language.Role;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One kind of caller: how they ask, and what they should hear. */
record Column(String name, BiFunction<Callers, Operation, Cell> asked, Function<Operation, Cell> expected) {
    /** In the order in which they ask: the owner first, while all is there. */
    static final List<Column> ALL = List.of(
            new Column("their own", Callers::own, operation -> operation.namesThings() ? Cell.IN : Cell.NOTHING),
            new Column(
                    "no token",
                    (all, operation) -> all.door(operation, null),
                    operation -> operation.isForAnyone() ? Cell.IN : Cell.WHO),
            over("expired token", (all, operation) -> all.door(operation, all.expired())),
            over("ended session", (all, operation) -> all.door(operation, all.ended())),
            over("revoked session", (all, operation) -> all.door(operation, all.revoked())),
            over("disabled member", (all, operation) -> all.door(operation, all.disabled())),
            over("revoked key", (all, operation) -> all.door(operation, all.revokedKey())),
            of("employee", Role.EMPLOYEE),
            of("it_security", Role.IT_SECURITY),
            of("org_admin", Role.ORG_ADMIN),
            of("super_admin", Role.SUPER_ADMIN),
            new Column(
                    "program",
                    (all, operation) -> all.door(operation, all.program()),
                    operation -> operation.isForPrograms() ? Cell.IN : Cell.NO),
            new Column(
                    "program with exactly this",
                    Callers::withExactly,
                    operation -> operation.takesScopes() ? Cell.IN : Cell.NOTHING),
            new Column(
                    "program with all but this",
                    Callers::withAllBut,
                    operation -> operation.takesScopes() ? Cell.NO : Cell.NOTHING),
            new Column(
                    "another organisation",
                    Callers::elsewhere,
                    operation -> operation.namesThingsInItsPath() ? Cell.MISSING : Cell.NOTHING),
            new Column(
                    "another organisation, in the body",
                    Callers::inTheBody,
                    operation -> operation.named().isEmpty() ? Cell.NOTHING : Cell.MISSING),
            new Column(
                    "another member",
                    Callers::colleague,
                    operation -> operation.namesWhatIsOneMembers() ? Cell.MISSING : Cell.NOTHING));

    private static Column over(String name, BiFunction<Callers, Operation, Cell> asked) {
        return new Column(name, asked, operation -> Cell.WHO);
    }

    private static Column of(String name, Role role) {
        return new Column(
                name,
                (all, operation) -> all.door(operation, all.of(role, operation)),
                operation -> operation.isFor(role) ? Cell.IN : Cell.NO);
    }
}
