package io.velvetastro.screens.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.Engine;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttackQueryTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void whatTheAddressBarSaysComesBackAsItWas() {
        var query = AttackQuery.ALL
                .flip(Severity.HIGH)
                .flip(Severity.CRITICAL)
                .flip(Stage.DELIVERY)
                .flip(Engine.EXTERNAL)
                .flip(Outcome.NEEDS_YOU)
                .during(AttackQuery.Time.TODAY)
                .typed("source:203.0.113.7 user:nora mailbox export")
                .opening(new SeriesId(UUID.randomUUID()));
        assertThat(AttackQuery.of(query.parameters())).isEqualTo(query);
    }

    @Test
    void whatCannotBeUnderstoodFiltersNothing() {
        var nonsense = new QueryParameters(Map.of(
                "severity", java.util.List.of("<script>", "worst"),
                "stage", java.util.List.of("99", "-1"),
                "time", java.util.List.of("yesteryear"),
                "id", java.util.List.of("not-an-id"),
                "incident", java.util.List.of("'; drop table"),
                "text", java.util.List.of("x".repeat(5_000))));
        assertThat(AttackQuery.of(nonsense)).isEqualTo(AttackQuery.ALL);
    }

    @Test
    void fieldsAreTypedAndTheRestIsWords() {
        var query = AttackQuery.ALL.typed("severity:high stage:3 outcome:blocked vpn gateway");
        assertThat(query.severities()).containsExactly(Severity.HIGH);
        assertThat(query.stages()).containsExactly(Stage.DELIVERY);
        assertThat(query.outcomes()).containsExactly(Outcome.BLOCKED);
        assertThat(query.text()).isEqualTo("vpn gateway");
    }

    @Test
    void anAddressWithColonsIsNotAField() {
        assertThat(AttackQuery.ALL.typed("2001:db8:7::1f").text()).isEqualTo("2001:db8:7::1f");
        assertThat(AttackQuery.ALL.typed("source:2001:db8:7::1f").source()).isEqualTo("2001:db8:7::1f");
    }

    @Test
    void todayBeginsAtTheReadersMidnight() {
        assertThat(AttackQuery.ALL
                        .during(AttackQuery.Time.TODAY)
                        .filter(NOON, MIDNIGHT)
                        .from())
                .isEqualTo(MIDNIGHT);
        assertThat(AttackQuery.ALL.filter(NOON, MIDNIGHT).from()).isNull();
    }

    @Test
    void aTokenTakenAwayLeavesTheOthers() {
        var query = AttackQuery.ALL.flip(Severity.HIGH).flip(Severity.LOW).typed("user:nora");
        assertThat(query.without("severity", "high"))
                .isEqualTo(AttackQuery.ALL.flip(Severity.LOW).typed("user:nora"));
    }

    @Test
    void openingARowChangesNoRows() {
        var query = AttackQuery.ALL.flip(Severity.HIGH);
        assertThat(query.opening(new SeriesId(UUID.randomUUID())).sameRows(query))
                .isTrue();
        assertThat(AttackQuery.ALL.opening(new SeriesId(UUID.randomUUID())).filters())
                .isFalse();
    }
}
