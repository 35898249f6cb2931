package io.velvetastro.decisions.identity;

import io.velvetastro.language.AccessEvent.HouseSetUp;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** A production house has no account until whoever started it makes the first one, with a token that only the start has shown. It is stored nowhere: it follows from the house's key and a number in the database, so that it outlives restarts, and dies with that number. */
public final class Setup {
    private final People people;
    private final Passwords passwords;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile Optional<String> token;

    Setup(
            People people,
            Passwords passwords,
            HouseKeys keys,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock,
            boolean isDemo) {
        this.people = people;
        this.passwords = passwords;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
        this.token = isDemo || !people.areNone() ? Optional.empty() : Optional.of(tokenOf(keys));
    }

    private String tokenOf(HouseKeys keys) {
        var secret = keys.secretFor("the setup token of " + people.setupNumber());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** The one-time token, until it was used. Show it to whoever starts the house, and write it nowhere. */
    public Optional<String> token() {
        return token;
    }

    boolean isDue() {
        return token.isPresent();
    }

    boolean knows(String shown) {
        return token.filter(real -> MessageDigest.isEqual(
                        real.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /** Makes the first organisation and its first member, who runs the house; true for the one call that did it. */
    boolean begin(String organization, String name, Email email, String password) {
        var phc = passwords.hash(password);
        synchronized (this) {
            if (!isDue()) return false;
            var made = transaction.execute(status -> {
                if (!people.useSetupNumber()) return false; // Another process of the house was set up.
                var id = new TenantId(UUID.randomUUID());
                people.found(id, organization, Plan.ENTERPRISE);
                var first = people.admit(id, name, email, phc, Role.SUPER_ADMIN);
                people.proved(first);
                people.markPlatform(id);
                record.keepAtTheDoor(new HouseSetUp(id, first, Role.SUPER_ADMIN, Plan.ENTERPRISE, clock.instant()));
                return true;
            });
            token = Optional.empty();
            return made;
        }
    }
}
