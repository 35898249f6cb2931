package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Envelope;
import io.velvetastro.language.Fact;
import io.velvetastro.language.HoldId;
import io.velvetastro.language.Journal;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.language.PrivacyCommand.EndOldMonths;
import io.velvetastro.language.PrivacyCommand.ErasePerson;
import io.velvetastro.language.PrivacyCommand.FinishErasure;
import io.velvetastro.language.PrivacyCommand.KeepMonths;
import io.velvetastro.language.PrivacyCommand.LiftHold;
import io.velvetastro.language.PrivacyCommand.PlaceHold;
import io.velvetastro.language.PrivacyId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Refused.Why;
import io.velvetastro.language.Seals;
import io.velvetastro.language.Shredder;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    PrivacyBook book;

    @Autowired
    Shredder shredder;

    @Autowired
    MonthsEnd monthsEnd;

    @Autowired
    Journal journal;

    @Autowired
    StoredBytes store;

    private final PrincipalId anna = new PrincipalId(UUID.randomUUID());

    @Test
    void whoIsErasedOpensNoMoreAndAnEventSaysSo() {
        var sealed = seals.seal(HERE, anna, MARCH, "anna");
        for (int time = 0; time < 2; time++) {
            order(new ErasePerson(HERE, anna, null, NOW));
            order(new FinishErasure(HERE, anna, NOW));
        }
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
        order(new FinishErasure(HERE, anna, NOW));
        assertThat(seals.open(HERE, sealed)).isEmpty();
    }

    /** It is killed before it has said so, before it has done so, before it has said that it is done, and after it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"before it was ordered", "once it was ordered", "once the keys were gone", "once it was done"})
    void anErasureThatWasOrderedIsFinishedOnceWhereverTheHouseDied(String killed) {
        var tenant = new TenantId(UUID.randomUUID());
        var sealed = seals.seal(tenant, anna, MARCH, "anna");
        boolean ordered = !killed.equals("before it was ordered");
        if (ordered) order(tenant, new ErasePerson(tenant, anna, seals.seal(tenant, null, NOW, "why"), NOW));
        if (killed.equals("once the keys were gone")) shredder.forget(tenant, anna);
        if (killed.equals("once it was done")) order(tenant, new FinishErasure(tenant, anna, NOW));

        var again = new UnfinishedErasures(shredder, store, book, commands, at(NOW.plusSeconds(60)));
        for (int look = 0; look < 2; look++) again.look();
        assertThat(seals.open(tenant, sealed).isEmpty()).isEqualTo(ordered);
        assertThat(types(tenant))
                .filteredOn("io.velvetastro.language.PrivacyEvent$PersonErased"::equals)
                .hasSize(ordered ? 1 : 0);
        assertThat(book.of(tenant).toBeErased()).isEmpty();
    }

    @Test
    void whoHasJustOrderedItIsLeftToDoIt() {
        var tenant = new TenantId(UUID.randomUUID());
        var sealed = seals.seal(tenant, anna, MARCH, "anna");
        order(tenant, new ErasePerson(tenant, anna, null, NOW));
        new UnfinishedErasures(shredder, store, book, commands, at(NOW.plusSeconds(5))).look();
        assertThat(seals.open(tenant, sealed)).contains("anna");
    }

    @Test
    void aHoldThatCameAfterTheOrderKeepsNothingBack() {
        var tenant = new TenantId(UUID.randomUUID());
        var sealed = seals.seal(tenant, anna, MARCH, "anna");
        order(tenant, new ErasePerson(tenant, anna, null, NOW));
        order(tenant, new PlaceHold(tenant, new HoldId(UUID.randomUUID()), anna, null, NOW));
        order(tenant, new FinishErasure(tenant, anna, NOW));
        assertThat(seals.open(tenant, sealed)).isEmpty();
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
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

    @Test
    void holdsAndEndedMonthsAreListedFromTheDecisionsThemselves() {
        var tenant = History.tenant("lists");
        seals.seal(tenant, anna, MARCH, "march");
        var lifted = new HoldId(UUID.randomUUID());
        var stands = new HoldId(UUID.randomUUID());
        order(tenant, new PlaceHold(tenant, lifted, null, null, NOW));
        order(tenant, new LiftHold(tenant, lifted, NOW));
        order(tenant, new KeepMonths(tenant, 6, NOW));
        order(tenant, new EndOldMonths(tenant, List.of("2026-03"), NOW));
        order(tenant, new PlaceHold(tenant, stands, anna, null, NOW));
        var page = book.of(tenant);
        assertThat(page.keeping().own()).isEqualTo(6);
        assertThat(page.holds()).extracting(hold -> hold.hold()).containsExactly(stands);
        assertThat(page.ended()).containsExactly(java.util.Map.entry("2026-03", NOW));
        assertThat(book.of(History.tenant("nobody")).holds()).isEmpty();
    }

    @Test
    void anEventSaysSinceWhenNobodyCanOpenIt() {
        var tenant = History.tenant("expiry");
        var before = History.fact(tenant, anna, seals.seal(tenant, anna, MARCH, "march"));
        journal.append(Stream.TELEMETRY, List.of(before));
        assertThat(expiry(tenant, before)).isEmpty();
        order(tenant, new KeepMonths(tenant, 6, NOW));
        order(tenant, new EndOldMonths(tenant, List.of("2026-03"), NOW));
        var late = History.fact(tenant, anna, seals.seal(tenant, anna, MARCH, "late"));
        journal.append(Stream.TELEMETRY, List.of(late));
        assertThat(expiry(tenant, before)).contains(NOW);
        assertThat(expiry(tenant, late))
                .as("sealed under a new key of the month")
                .isEmpty();
    }

    @Test
    void theEndOfAMonthIsSaidThoughTheHouseDiedBeforeItCould() {
        var tenant = History.tenant("died");
        var march = seals.seal(tenant, anna, MARCH, "march");
        order(tenant, new KeepMonths(tenant, 6, NOW));
        shredder.end(
                tenant, YearMonth.of(2026, 3)); // Here it was killed; and before it is up again, everybody is held.
        order(tenant, new PlaceHold(tenant, new HoldId(UUID.randomUUID()), null, null, NOW));
        assertThat(seals.open(tenant, march)).isEmpty();
        assertThat(book.of(tenant).ended()).isEmpty();
        for (int look = 0; look < 2; look++) {
            monthsEnd.look();
            assertThat(types(tenant))
                    .as("look " + look)
                    .filteredOn("io.velvetastro.language.PrivacyEvent$MonthEnded"::equals)
                    .hasSize(1);
        }
        assertThat(book.of(tenant).ended()).containsOnlyKeys("2026-03");
    }

    @Test
    void aMonthThatLivesAgainIsNotSaidToHaveEnded() {
        var tenant = History.tenant("lives again");
        seals.seal(tenant, anna, MARCH, "march");
        order(tenant, new KeepMonths(tenant, 6, NOW));
        order(tenant, new PlaceHold(tenant, new HoldId(UUID.randomUUID()), null, null, NOW));
        shredder.end(tenant, YearMonth.of(2026, 3));
        var late = seals.seal(tenant, anna, MARCH, "late");
        monthsEnd.look();
        assertThat(seals.open(tenant, late)).contains("late");
        assertThat(book.of(tenant).ended()).isEmpty();
    }

    private java.util.Optional<Instant> expiry(TenantId tenant, Fact fact) {
        var position = store.positions(tenant, List.of(fact.id().toString()))
                .get(fact.id().toString());
        return book.expiry(tenant, store.at(tenant, List.of(position)).getFirst());
    }

    private List<String> types() {
        return types(HERE);
    }

    private List<String> types(TenantId tenant) {
        return store.at(tenant, store.ofAggregate(tenant, PrivacyId.of(tenant).toString())).stream()
                .map(StoredBytes.Row::payloadType)
                .toList();
    }

    private void order(PrivacyCommand command) {
        order(HERE, command);
    }

    private void order(TenantId tenant, PrivacyCommand command) {
        commands.sendAndWait(GenericCommandMessage.<PrivacyCommand>asCommandMessage(command)
                .andMetaData(Envelope.of(tenant, "member:test", NOW)));
    }
}
