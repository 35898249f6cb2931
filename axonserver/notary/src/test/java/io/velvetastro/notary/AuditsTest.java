package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics;
import io.velvetastro.questions.Forensics.AuditRow;
import io.velvetastro.questions.Forensics.AuditsAnswer;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

/** Somebody asks for a round through the whole store now; what it found is there for their organisation, and after a restart. */
@DirtiesContext // Whoever has asked has to wait before the next time.
class AuditsTest extends WithAPast {
    @Autowired
    Audits audits;

    @Autowired
    AuditBook book;

    @Autowired
    Troubles troubles;

    @Test
    void whoeverAsksGetsARoundAtOnceAndWhatItFoundStays() {
        history.unfold(80);
        untilWitnessed();
        assertThat(rows(HERE).items()).isEmpty();
        db.update(
                "UPDATE store.telemetry SET revision = '9' WHERE global_index = (SELECT min(global_index) FROM store.telemetry WHERE tenant = ?)",
                HERE.value());
        var asked = book.ask(HERE);
        assertThat(asked.againInSeconds()).isZero();
        assertThat(book.ask(ELSEWHERE)).as("one round serves both").isEqualTo(asked);
        until("the round has ended", () -> rows(HERE).askedAt() == null);

        var here = newest(HERE);
        assertThat(here.asked()).isTrue();
        assertThat(here.events()).isGreaterThanOrEqualTo(80);
        assertThat(here.checkpoint()).isPositive();
        assertThat(here.failure()).isNull();
        assertThat(here.found()).isEqualTo(1);
        assertThat(here.elsewhere()).isZero();
        assertThat(here.first())
                .singleElement()
                .satisfies(found -> assertThat(found.what()).contains("is not what the store holds"));
        assertThat(newest(ELSEWHERE)).satisfies(there -> {
            assertThat(there.found()).isZero();
            assertThat(there.elsewhere()).isEqualTo(1);
            assertThat(there.first()).as("nothing of somebody else's").isEmpty();
        });
        assertThat(book.ask(HERE).againInSeconds()).as("not again at once").isBetween(1L, 600L);
        assertThat(rows(HERE).askedAt()).isNull();
        afterARestartItIsKnownStill();
    }

    private void afterARestartItIsKnownStill() {
        try (var restarted =
                new Rounds(notary, store, tables, keys, book, troubles, Clock.systemUTC(), Duration.ofHours(6))) {
            until("it is read", () -> restarted.last().isPresent());
            assertThat(restarted.last().orElseThrow().deviations()).isEqualTo(1);
            assertThat(restarted.last().orElseThrow().first()).contains("is not what the store holds");
        }
    }

    private AuditRow newest(TenantId tenant) {
        return rows(tenant).items().getFirst();
    }

    private AuditsAnswer rows(TenantId tenant) {
        return audits.answer(new Forensics.Audits(tenant, 10));
    }
}
