package io.velvetastro.screens.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.RouterLink;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.Monitor.Figures;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficChanged;
import io.velvetastro.screens.parts.TimeChart;
import io.velvetastro.screens.shell.NotAllowedView;
import io.velvetastro.screens.testing.Rows;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardViewTest extends ScreenTest {

    @Test
    void theFiguresOfTheDayAreThere() {
        var words = textOf(at("dashboard", DashboardView.class));
        assertThat(words).contains("Systems normal", "12\u202f481", "98.2", "4m 12s", "Standing blocks");
        assertThat(words).contains("+8\u202f%").contains("on usual Sunday");
    }

    @Test
    void todayIsAskedFromMidnightOn() {
        at("dashboard", DashboardView.class);
        assertThat(rooms.asked(Figures.class))
                .first()
                .extracting(Figures::dayStart)
                .isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
    }

    @Test
    void aNewAttackArrivesWithoutReloading() {
        var view = at("dashboard", DashboardView.class);
        rooms.answer(AttackFeed.class, asked -> new AttackPage(List.of(Sample.attack(NOON, 2)), null, 1));
        rooms.tell(new AttacksChanged(Sample.TENANT));
        assertThat(textOf(view)).contains("Mailbox export after token consent");
        beatPasses();
        assertThat(textOf(find(LiveFeed.class).single()))
                .contains("New device, new network")
                .doesNotContain("Mailbox export");
    }

    @Test
    void fiveHundredNotesASecondAreOneQuestionABeat() {
        at("dashboard", DashboardView.class);
        int before = rooms.asked(Figures.class).size();
        for (int i = 0; i < 500; i++) rooms.tell(new TrafficChanged(Sample.TENANT));
        beatPasses();
        assertThat(rooms.asked(Figures.class)).hasSize(before + 1);
    }

    @Test
    void aPausedFeedCountsWhatWaits() {
        at("dashboard", DashboardView.class);
        press("Pause");
        rooms.answer(
                AttackFeed.class, asked -> new AttackPage(List.of(Sample.attack(NOON.plusSeconds(60), 300)), null, 1));
        rooms.tell(new AttacksChanged(Sample.TENANT));
        beatPasses();
        var feed = textOf(find(LiveFeed.class).single());
        assertThat(feed).contains("1 new, held").contains("Mailbox export after token consent");
        press("Follow");
        assertThat(textOf(find(LiveFeed.class).single())).doesNotContain("Mailbox export after token consent");
    }

    @Test
    void everySubscriptionEndsWithTheScreen() {
        at("dashboard", DashboardView.class);
        assertThat(rooms.listening()).isPositive();
        int ofTheShell = 1;
        at("not-allowed", NotAllowedView.class);
        assertThat(rooms.listening()).isEqualTo(ofTheShell);
    }

    @Test
    void theChartShowsTheWindowThatWasChosen() {
        at("dashboard", DashboardView.class);
        press("7 d");
        var asked = rooms.asked(Traffic.class);
        assertThat(asked)
                .anySatisfy(each ->
                        assertThat(Duration.between(each.from(), each.to())).isEqualTo(Duration.ofDays(7)));
        assertThat(find(TimeChart.class).exists()).isTrue();
    }

    @Test
    void everyFigureLeadsToItsRows() {
        at("dashboard", DashboardView.class);
        var links =
                find(RouterLink.class).all().stream().map(RouterLink::getHref).toList();
        assertThat(links)
                .contains("attacks?time=today", "defense", "attacks?source=203.0.113.77")
                .anyMatch(link -> link.startsWith("attacks?") && link.contains("severity=critical"));
    }

    @Test
    void theFirstDaySaysWhatIsWatchedAndWhatToDo() {
        Rows.none(rooms);
        var words = textOf(at("dashboard", DashboardView.class));
        assertThat(words)
                .contains(
                        "Nothing has attacked yet",
                        "No open incidents",
                        "No events in this time",
                        "Nobody yet",
                        "./velvet import");
    }

    @Test
    void whatCannotBeLoadedSaysSoAndCanBeTriedAgain() {
        rooms.answer(AttackFeed.class, asked -> {
            throw new IllegalStateException("the database is away");
        });
        var words = textOf(at("dashboard", DashboardView.class));
        assertThat(words).contains("This could not be loaded", "500 trace").doesNotContain("the database is away");
        Rows.some(rooms, java.time.Clock.fixed(NOON, java.time.ZoneOffset.UTC));
        press("Try again");
        assertThat(textOf(find(LiveFeed.class).single())).contains("Mailbox export after token consent");
    }

    @Test
    void withoutItsFiguresNoCardGoesOnLoading() {
        rooms.answer(Figures.class, asked -> {
            throw new IllegalStateException("the database is away");
        });
        at("dashboard", DashboardView.class);
        assertThat(textOf(find(SeverityCard.class).single()))
                .contains("This could not be loaded")
                .doesNotContain("Loading severities");
    }

    @Test
    void oldRowsStayWhenALaterAnswerFails() {
        at("dashboard", DashboardView.class);
        rooms.answer(AttackFeed.class, asked -> {
            throw new IllegalStateException("the database is away");
        });
        rooms.tell(new AttacksChanged(Sample.TENANT));
        beatPasses();
        assertThat(textOf(find(LiveFeed.class).single()))
                .contains("Not refreshed since", "Mailbox export after token consent");
    }

    @Test
    void markupInATitleStaysWords() {
        rooms.answer(AttackFeed.class, asked -> new AttackPage(List.of(hostile()), null, 1));
        var view = at("dashboard", DashboardView.class);
        assertThat(textOf(view)).contains(Sample.HOSTILE);
        assertThat(view.getElement().getOuterHTML())
                .doesNotContain("<img src=x")
                .contains("&lt;img src=x");
    }

    private static AttackRow hostile() {
        var row = Sample.attack(NOON, 0);
        return new AttackRow(
                row.id(),
                row.at(),
                row.firstAt(),
                row.severity(),
                row.stage(),
                row.engine(),
                row.rule(),
                Sample.HOSTILE,
                row.source(),
                row.place(),
                Sample.HOSTILE,
                1,
                null,
                1,
                row.outcome(),
                null,
                false,
                false);
    }
}
