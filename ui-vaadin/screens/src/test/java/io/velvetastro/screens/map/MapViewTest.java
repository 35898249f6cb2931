package io.velvetastro.screens.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import io.velvetastro.language.Severity;
import io.velvetastro.questions.Attacks.AttackOrigins;
import io.velvetastro.screens.testing.Rows;
import io.velvetastro.screens.testing.ScreenTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MapViewTest extends ScreenTest {

    @Test
    void theListSaysWhatTheMapDraws() {
        var words = textOf(at("map", MapView.class));
        assertThat(words)
                .contains("Singapore", "5\u202f318", "Password spray on VPN", "9 places")
                .contains("Unknown place");
        assertThat(find(ThreatMap.class)
                        .single()
                        .getElement()
                        .getPropertyRaw("origins")
                        .toString())
                .contains("São Paulo")
                .doesNotContain("Unknown place");
    }

    @Test
    void theLimitAndTheSourceOfPlacesAreSaid() {
        assertThat(textOf(at("map", MapView.class)))
                .contains("A place is not a culprit", "IP Geolocation by DB-IP", "Natural Earth");
    }

    @Test
    void aPlaceOpensToItsRows() {
        at("map", MapView.class);
        press("Singapore");
        assertThat(textOf(find(Div.class).withClassName("tip").single()))
                .contains("Singapore, Password spray on VPN", "AS64501", "Open incident", "Show rows");
    }

    @Test
    void timeAndSeverityStandInTheAddressBar() {
        at("map?time=week&severity=high", MapView.class);
        var asked = rooms.asked(AttackOrigins.class).getLast();
        assertThat(Duration.between(asked.from(), NOON)).isEqualTo(Duration.ofDays(7));
        assertThat(asked.severities()).containsExactlyInAnyOrder(Severity.HIGH, Severity.CRITICAL);
        press("All");
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .contains("time=all")
                .contains("severity=high");
    }

    @Test
    void aClickOnTheMapCanBecomeAnEvent() {
        assertThat(java.lang.reflect.Modifier.isPublic(ThreatMap.Chosen.class.getModifiers()))
                .isTrue();
    }

    @Test
    void anEmptyWorldSaysSo() {
        Rows.none(rooms);
        assertThat(textOf(at("map", MapView.class))).contains("Nothing from anywhere");
    }
}
