package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.post.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What strangers ask for: an account, or a new password. The door notes the wish and nothing else; whether anybody has that address is looked up afterwards, so neither the answer nor the time it takes can tell. Only
 * whoever reads that mailbox learns it.
 */
class Errands {
    private static final Logger log = LoggerFactory.getLogger(Errands.class);
    private static final int MOST_LETTERS = 3;
    static final Duration IN = Duration.ofHours(1);

    private final JdbcClient db;
    private final People people;
    private final Links links;
    private final Letters letters;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Errands(
            JdbcClient db,
            People people,
            Links links,
            Letters letters,
            Outbox outbox,
            TransactionTemplate transaction,
            Clock clock) {
        this.db = db;
        this.people = people;
        this.links = links;
        this.letters = letters;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    private enum Kind {
        REGISTER,
        RESET
    }

    private record Wish(
            Kind kind,
            Email email,
            @Nullable String name,
            @Nullable String organization) {}

    void register(Email email, String name, String organization) {
        note(Kind.REGISTER, email, name, organization);
    }

    void reset(Email email) {
        note(Kind.RESET, email, null, null);
    }

    private void note(Kind kind, Email email, @Nullable String name, @Nullable String organization) {
        db.sql("""
                insert into identity.errand (id, kind, email, name, organization, asked_at)
                values (:id, :kind, :email, :name, :organization, :now)""")
                .param("id", UUID.randomUUID())
                .param("kind", kind.name())
                .param("email", email.text())
                .param("name", name)
                .param("organization", organization)
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    @Scheduled(fixedDelayString = "PT1S")
    synchronized void run() {
        try {
            forgetWhatIsTooLate();
            while (runOne()) log.debug("An errand was run");
        } catch (RuntimeException later) {
            log.warn("An errand could not be run now", later);
        }
    }

    /** Nobody waits for it any more, and one that always fails must not stand in the way of the others. */
    private void forgetWhatIsTooLate() {
        db.sql("delete from identity.errand where asked_at < ?")
                .param(since().atOffset(UTC))
                .update();
    }

    private boolean runOne() {
        return transaction.execute(status -> next().map(wish -> {
                    answer(wish);
                    return true;
                })
                .orElse(false));
    }

    private Optional<Wish> next() {
        return db.sql("""
                delete from identity.errand where id = (
                    select id from identity.errand order by asked_at limit 1 for update skip locked)
                returning kind, email, name, organization""")
                .query((row, number) -> new Wish(
                        Kind.valueOf(row.getString("kind")),
                        new Email(row.getString("email")),
                        row.getString("name"),
                        row.getString("organization")))
                .optional();
    }

    private void answer(Wish wish) {
        // Whatever it will be about, or the limit itself would tell.
        if (outbox.written(kindOfLetter(wish.kind), wish.email.text(), since()) >= MOST_LETTERS) return;
        var known = people.by(wish.email);
        switch (wish.kind) {
            case REGISTER -> {
                if (known.isPresent()) letters.isKnown(wish.email);
                else if (wish.name != null && wish.organization != null)
                    letters.verify(
                            wish.email,
                            wish.organization,
                            links.make(
                                    Links.Kind.REGISTER,
                                    new Links.Meant(wish.email, null, wish.name, wish.organization)));
            }
            case RESET ->
                known.filter(it -> !it.disabled()).ifPresent(it -> {
                    var who = people.about(it.member()).orElseThrow();
                    letters.reset(
                            who.email(),
                            links.make(
                                    Links.Kind.RESET,
                                    new Links.Meant(who.email(), it.member(), who.name(), who.organization())));
                });
        }
    }

    private static String kindOfLetter(Kind kind) {
        return switch (kind) {
            case REGISTER -> Letters.REGISTERING;
            case RESET -> Letters.RESETTING;
        };
    }

    private Instant since() {
        return clock.instant().minus(IN);
    }
}
