package io.velvetastro.screens.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.IncidentId;
import io.velvetastro.screens.testing.Sample;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryQueryTest {
    private static HistoryQuery of(String parameters) {
        return HistoryQuery.of(QueryParameters.fromString(parameters));
    }

    @Test
    void whatStandsInTheAddressBarComesBackToIt() {
        var query = of("show=custody&time=week&type=LoginFailed&user=nora&address=203.0.113.7&incident="
                + Sample.id("i") + "&id=" + Sample.id("e"));
        assertThat(HistoryQuery.of(query.parameters())).isEqualTo(query);
        assertThat(query.incident()).isEqualTo(new IncidentId(Sample.id("i")));
    }

    @Test
    void whatCannotBeUnderstoodFiltersNothing() {
        assertThat(of("show=x&time=y&type=%3Cb%3E&address=nowhere&incident=7&principal=8&id=9"))
                .isEqualTo(HistoryQuery.ALL);
    }

    @Test
    void aBareWordIsAnAddressWhereItIsOneAndAUserOtherwise() {
        var typed = HistoryQuery.ALL.typed("203.0.113.7 nora.lind type:LoginFailed type:AlertRaised");
        assertThat(typed.address()).isEqualTo("203.0.113.7");
        assertThat(typed.user()).isEqualTo("nora.lind");
        assertThat(typed.types()).isEqualTo(Set.of("LoginFailed", "AlertRaised"));
    }

    @Test
    void openingAnEventOrAnotherPartAsksForNoOtherRows() {
        var query = of("user=nora");
        assertThat(query.opening(io.velvetastro.screens.testing.SampleEvidence.EVENT)
                        .sameRows(query))
                .isTrue();
        assertThat(query.showing(HistoryQuery.Show.DRILL).sameRows(query)).isTrue();
        assertThat(query.sameRows(HistoryQuery.ALL)).isFalse();
    }
}
