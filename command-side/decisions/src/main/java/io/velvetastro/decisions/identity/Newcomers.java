package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.language.AccessEvent.OrganizationFounded;
import io.velvetastro.language.AccessEvent.PasswordChanged;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** What a link from a letter may do: found an organisation, or set a password anew. Whoever holds the link holds the mailbox, and chooses the password: nobody else can have chosen it for them. */
class Newcomers {
    private final People people;
    private final Links links;
    private final Letters letters;
    private final Sessions sessions;
    private final SecondSteps steps;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Newcomers(
            People people,
            Links links,
            Letters letters,
            Sessions sessions,
            SecondSteps steps,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.people = people;
        this.links = links;
        this.letters = letters;
        this.sessions = sessions;
        this.steps = steps;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes the organisation and its administrator; true for the one call that used the link. */
    boolean found(String token, Links.Meant meant, String phc) {
        try {
            return transaction.execute(status -> {
                if (!links.use(Links.Kind.REGISTER, token)) return false;
                var organization = new TenantId(UUID.randomUUID());
                people.found(organization, meant.organization(), Plan.FREE);
                var member = people.admit(organization, meant.name(), meant.email(), phc, Role.ORG_ADMIN);
                record.keepAtTheDoor(new OrganizationFounded(organization, member, Plan.FREE, clock.instant()));
                return true;
            });
        } catch (DuplicateKeyException meanwhile) {
            throw new Refused(NOT_AS_IT_STANDS, "You have an account in this house already: sign in.");
        }
    }

    /** Sets the password and ends every session; true for the one call that used the link. The second factor stays as it is. */
    boolean reset(String token, Links.Meant meant, String phc) {
        var member = meant.member();
        if (member == null) return false;
        return transaction.execute(status -> {
            if (!links.use(Links.Kind.RESET, token)) return false;
            people.newPassword(member, phc);
            sessions.endAll(member);
            steps.forget(member);
            links.voidThose(Links.Kind.RESET, member);
            letters.passwordChanged(meant.email());
            record.keepAtTheDoor(new PasswordChanged(people.about(member).tenant(), member, true, clock.instant()));
            return true;
        });
    }
}
