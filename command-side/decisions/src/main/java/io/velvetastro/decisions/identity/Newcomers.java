package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.BEYOND_THE_PLAN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.language.AccessEvent.OrganizationFounded;
import io.velvetastro.language.AccessEvent.PasswordChanged;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** What a link from a letter may do: found an organisation, or set a password anew. Whoever holds the link holds the mailbox, and chooses the password: nobody else can have chosen it for them. */
class Newcomers {
    private final People people;
    private final Links links;
    private final Notices notices;
    private final Passwords passwords;
    private final Sessions sessions;
    private final SecondSteps steps;
    private final Devices devices;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Newcomers(
            People people,
            Links links,
            Notices notices,
            Passwords passwords,
            Sessions sessions,
            SecondSteps steps,
            Devices devices,
            AccessRecord record,
            TransactionTemplate transaction,
            Clock clock) {
        this.people = people;
        this.links = links;
        this.notices = notices;
        this.passwords = passwords;
        this.sessions = sessions;
        this.steps = steps;
        this.devices = devices;
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
                var member = people.takeBack(meant.email(), meant.name(), phc)
                        .map(back -> foundsOneMore(organization, back))
                        .orElseGet(() -> people.admit(organization, meant.name(), meant.email(), phc, Role.ORG_ADMIN));
                people.markFounder(organization, member);
                people.proved(member);
                record.keepAtTheDoor(new OrganizationFounded(organization, member, Plan.FREE, clock.instant()));
                return true;
            });
        } catch (DuplicateKeyException meanwhile) {
            throw new Refused(NOT_AS_IT_STANDS, "You have an account in this house already: sign in.");
        }
    }

    /** Somebody who belonged to an organisation once, and belongs to none now. */
    private MemberId foundsOneMore(TenantId organization, MemberId back) {
        if (people.hasFreeOne(back))
            throw new Refused(BEYOND_THE_PLAN, "You have made an organisation on the Free plan already.");
        people.join(organization, back, Role.ORG_ADMIN);
        return back;
    }

    /** Sets the password and ends every session; true for the one call that used the link, and for none while the account is disabled. The second factor stays as it is, unless nobody has proved before that the mailbox is theirs: then somebody else may have made the account, and their keys go. Where it was done from is known from now on: whoever guesses meanwhile does not keep its owner out. */
    boolean reset(String token, Links.Meant meant, String phc, Origin from) {
        var member = meant.member();
        if (member == null || people.about(member).isEmpty()) return false;
        return transaction.execute(status -> {
            if (!people.isEnabled(member) || !links.use(Links.Kind.RESET, token)) return false;
            people.newPassword(member, phc);
            sessions.endAll(member);
            steps.forget(member);
            if (!people.isProved(member)) people.forgetKeys(member);
            people.proved(member);
            links.voidThose(Links.Kind.RESET, member);
            devices.know(member, from, null, null);
            notices.tell(member, NoticeKind.PASSWORD_CHANGED);
            record.keepAtTheDoor(
                    new PasswordChanged(people.about(member).orElseThrow().tenant(), member, true, clock.instant()));
            return true;
        });
    }

    /** Undoes what can be undone, voids the password that somebody else may know, and gives the way to a new one; empty unless the link is good and the account enabled. */
    Optional<String> notMe(String token, Links.Meant meant) {
        var member = meant.member();
        var notice = meant.notice();
        if (member == null || notice == null || people.about(member).isEmpty()) return Optional.empty();
        var nobodys = passwords.hash(meant.email(), Secret.fresh());
        return transaction.execute(status -> {
            if (!people.isEnabled(member) || !links.use(Links.Kind.NOT_ME, token)) return Optional.<String>empty();
            people.newPassword(member, nobodys);
            notices.deny(member, notice, null);
            links.voidThose(Links.Kind.RESET, member);
            return Optional.of(links.make(
                    Links.Kind.RESET, new Links.Meant(meant.email(), member, meant.name(), meant.organization())));
        });
    }
}
