package io.velvetastro.decisions.identity;

import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** What stands in the README: one organisation and a login that everybody knows, so it never leaves this machine. */
public final class DemoHouse {
    /** The organisation whose traffic is simulated. */
    public static final TenantId ORGANIZATION = new TenantId(UUID.fromString("6f0e7d0a-5f3c-4c7b-9a53-0d3a5c8e7e11"));

    static final Email EMAIL = new Email("admin@velvet.com");
    static final String PASSWORD = "password";

    private DemoHouse() {}

    static void furnish(People people, Passwords passwords, TransactionTemplate transaction) {
        var phc = passwords.hash(PASSWORD);
        transaction.executeWithoutResult(status -> {
            people.found(ORGANIZATION, "Velvet Demo", Plan.ENTERPRISE);
            people.proved(people.admit(ORGANIZATION, "Ada Velvet", EMAIL, phc, Role.SUPER_ADMIN));
            people.markPlatform(ORGANIZATION);
            people.markDemo();
        });
    }
}
