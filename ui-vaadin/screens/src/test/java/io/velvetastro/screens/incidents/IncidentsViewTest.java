package io.velvetastro.screens.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.testing.Rows;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentsViewTest extends ScreenTest {

    @Test
    void theUnresolvedAreShownFirst() {
        at("incidents", IncidentsView.class);
        var grid = find(IncidentGrid.class).single();
        assertThat(test(grid).size()).isEqualTo(6);
        assertThat(test(grid).getRow(0).number()).isEqualTo(2041);
    }

    @Test
    void theTabLandsInTheAddressBar() {
        at("incidents", IncidentsView.class);
        press("Resolved");
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .isEqualTo("incidents?show=resolved");
        assertThat(rooms.asked(IncidentList.class).getLast().filter().statuses())
                .containsExactlyInAnyOrder(Status.RESOLVED, Status.MERGED);
    }

    @Test
    void aRowOpensItsBench() {
        at("incidents", IncidentsView.class);
        openRow(find(IncidentGrid.class).single(), Sample.INCIDENT);
        assertThat(UI.getCurrent().getActiveViewLocation().getPath()).isEqualTo("incidents/" + Sample.INCIDENT);
    }

    @Test
    void theListIsBusyUntilItHoldsWhatIsLookedForNow() {
        at("incidents", IncidentsView.class);
        var slot = find(Slot.class).single();
        assertThat(slot.getElement().hasAttribute("aria-busy")).isFalse();
        slot.waits();
        assertThat(slot.getElement().getAttribute("aria-busy")).isEqualTo("true");
        press("Resolved");
        assertThat(slot.getElement().hasAttribute("aria-busy")).isFalse();
    }

    @Test
    void aNewIncidentAppearsByItself() {
        Rows.none(rooms);
        var view = at("incidents", IncidentsView.class);
        assertThat(textOf(view)).contains("No open incidents");
        rooms.answer(
                IncidentList.class, asked -> new IncidentPage(List.of(Sample.incident(NOON, 0, Status.OPEN)), null, 1));
        rooms.tell(new IncidentsChanged(Sample.TENANT, Sample.INCIDENT));
        beatPasses();
        assertThat(test(find(IncidentGrid.class).single()).getRow(0).id()).isEqualTo(Sample.INCIDENT);
    }

    @Test
    void wordsThatMatchNothingCanBeCleared() {
        Rows.none(rooms);
        var view = at("incidents?text=%3Cb%3Enobody", IncidentsView.class);
        assertThat(textOf(view)).contains("mentions “<b>nobody”");
        press("Clear the filter");
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .isEqualTo("incidents");
    }
}
