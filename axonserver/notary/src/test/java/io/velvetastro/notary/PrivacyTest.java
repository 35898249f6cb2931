package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.HoldId;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Refused.Why;
import io.velvetastro.language.Seals;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        classes = NotaryHouse.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "velvet.ledger.sign-every=50ms")
@ContextConfiguration(initializers = FreshDatabase.class)
@DirtiesContext // It ends whole months.
class PrivacyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-02T10:00:00Z");

    @Autowired
    CommandGateway commands;

    @Autowired
    Seals seals;

    @Autowired
    StoredBytes store;

    private final PrincipalId anna = new PrincipalId(UUID.randomUUID());

    @Test
    void whoIsErasedOpensNoMoreAndAnEventSaysSo() {
        var sealed = seals.seal(HERE, anna, MARCH, "anna");
        order(new ErasePerson(HERE, anna, null, NOW));
        order(new ErasePerson(HERE, anna, null, NOW));
        assertThat(seals.open(HERE, sealed)).isEmpty();
        assertThat(types())
                .filteredOn("io.velvetastro.language.PrivacyEvent$PersonErased"::equals)
                .hasSizeGreaterThan(1);
    }

    @Test
    void whoIsHeldIsNotErasedUntilTheHoldIsLifted() {
        var sealed = seals.seal(HERE, anna, MARCH, "anna");
        var hold = new HoldId(UUID.randomUUID());
        order(new PlaceHold(HERE, hold, anna, null, NOW));
        assertThatThrownBy(() -> order(new ErasePerson(HERE, anna, null, NOW)))
                .satisfies(refused -> assertThat(Refused.in(refused)).isEqualTo(Why.LEGAL_HOLD));
        assertThat(seals.open(HERE, sealed)).contains("anna");

        order(new LiftHold(HERE, hold, NOW));
        order(new ErasePerson(HERE, anna, null, NOW));
        assertThat(seals.open(HERE, sealed)).isEmpty();
    }

    @Test
    void aMonthEndsOnceItIsTooOldAndNobodyHoldsIt() {
        var march = seals.seal(HERE, anna, MARCH, "march");
        var november = seals.seal(HERE, anna, NOW, "november");
        var living = List.of("2026-03", "2026-11");
        var hold = new HoldId(UUID.randomUUID());
        order(new PlaceHold(HERE, hold, null, null, NOW));
        order(new KeepMonths(HERE, 6, NOW));
        order(new EndOldMonths(HERE, living, NOW));
        assertThat(seals.open(HERE, march)).contains("march");

        order(new LiftHold(HERE, hold, NOW));
        order(new EndOldMonths(HERE, living, NOW));
        assertThat(seals.open(HERE, march)).isEmpty();
        assertThat(seals.open(HERE, november)).contains("november");
        assertThat(types()).contains("io.velvetastro.language.PrivacyEvent$MonthEnded");
        order(new KeepMonths(HERE, 240, NOW));
    }

    private List<String> types() {
        return store.at(HERE, store.ofAggregate(HERE, PrivacyId.of(HERE).toString())).stream()
                .map(StoredBytes.Row::payloadType)
                .toList();
    }

    private void order(PrivacyCommand command) {
        commands.sendAndWait(GenericCommandMessage.<PrivacyCommand>asCommandMessage(command)
                .andMetaData(Envelope.of(HERE, "member:test", NOW)));
    }
}
