package io.velvetastro.screens.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressBarTest {
    private static AddressBar bar(String query) {
        return AddressBar.of(QueryParameters.fromString(query));
    }

    @Test
    void whatCannotBeUnderstoodSaysNothing() {
        var bar = bar("severity=high&severity=sky-high&incident=nobody&text=" + "x".repeat(201));
        assertThat(bar.some("severity", Severity.class)).containsExactly(Severity.HIGH);
        assertThat(bar.one("missing", Severity.LOW)).isEqualTo(Severity.LOW);
        assertThat(bar.id("incident", IncidentId::new)).isNull();
        assertThat(bar.first("text")).isNull();
    }

    @Test
    void whatIsPutComesBackInOrderAndWhatIsUsualIsLeftOut() {
        var bar = new AddressBar()
                .put("least", Severity.INFO, Severity.INFO)
                .putAll("severity", List.of(Severity.HIGH, Severity.LOW))
                .put("user", null)
                .put("text", "two words");
        assertThat(bar.tokens())
                .containsExactly(
                        Map.entry("severity", "high"), Map.entry("severity", "low"), Map.entry("text", "two words"));
        assertThat(AddressBar.of(bar.parameters()).tokens()).isEqualTo(bar.tokens());
    }

    @Test
    void aFieldWithoutItsLastValueIsGone() {
        assertThat(bar("stage=3&stage=4")
                        .without("stage", "3")
                        .without("stage", "4")
                        .parameters()
                        .getParameters())
                .isEmpty();
    }
}
