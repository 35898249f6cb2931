package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SingleEventTest {
    private final Evidence evidence =
            new Evidence().record("here", 9).record("there", 3).anchor("here").anchor("there");
    private final SingleEvent event =
            SingleEvent.of(evidence.leafOf("here", 4), evidence.prove("here", 4, evidence.checkpoint()));

    @Test
    void oneEventIsVerifiedLikeABundleOfIt() {
        var report = event.verify(evidence.trustWithWitness());
        assertThat(report.events())
                .singleElement()
                .satisfies(proven -> assertThat(proven.index()).isEqualTo(4));
        assertThat(report.witnessed().values()).containsExactly(Evidence.WITNESSED);
        assertThat(event.leaf()).isEqualTo(evidence.leafOf("here", 4));
    }

    @Test
    void oneChangedByteOfTheEventIsNoticed() {
        var payload = event.payload().clone();
        payload[3] ^= 1;
        var changed = new SingleEvent(payload, event.envelope(), event.proof());
        assertThatThrownBy(() -> changed.verify(evidence.trust())).isInstanceOf(NotProven.class);
    }

    @Test
    void anotherKeyThanThePinnedOneProvesNothing() {
        var stranger = SigningKey.generate("velvet.example/log", VerifierKey.Kind.LOG);
        assertThatThrownBy(() -> event.verify(Trust.in(stranger.verifier(), java.util.List.of())))
                .isInstanceOf(NotProven.class);
    }

    @Test
    void theStepsThatAreShownEndInTheRootThatIsProven() {
        var path = event.path();
        var steps = path.path().proof().steps(event.leaf().hash());
        assertThat(steps).hasSize(path.path().proof().path().size());
        assertThat(steps.getLast().computed())
                .isEqualTo(path.path().anchorFor(event.leaf().hash()).root());
        for (var step : steps) assertThat(step.given()).isNotEqualTo(step.computed());
    }
}
