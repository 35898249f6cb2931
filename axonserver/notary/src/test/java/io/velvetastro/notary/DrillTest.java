package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.DrillCommand;
import io.velvetastro.language.DrillCommand.RunTamperDrill;
import io.velvetastro.language.DrillId;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics.DrillEdit;
import io.velvetastro.questions.Forensics.DrillReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(classes = NotaryHouse.class, properties = "velvet.ledger.sign-every=50ms")
class DrillTest extends WithAPast {
    @Autowired
    CommandGateway commands;

    @Autowired
    Proofs proofs;

    @Autowired
    void everyCommandNamesItsCaller(CommandBus bus) {
        bus.registerDispatchInterceptor(messages -> (index, command) -> command.andMetaData(Envelope.of(
                ((DrillCommand) command.getPayload()).tenant(), "member:" + new UUID(1, 2), Instant.EPOCH)));
    }

    @BeforeEach
    void aWitnessedPast() {
        history.unfold(600);
        untilWitnessed();
    }

    private DrillReport drill(TenantId tenant, int events, int edits) {
        return commands.sendAndWait(GenericCommandMessage.asCommandMessage(new RunTamperDrill(
                new DrillId(UUID.randomUUID()), tenant, events, edits, Instant.parse("2026-03-01T10:00:00Z"))));
    }

    @Test
    void everyChangeToTheCopyIsFoundAndNothingElseIsCalledChanged() {
        for (int i = 0; i < 5; i++) {
            var report = drill(HERE, 300, 120);
            assertThat(report.events()).isBetween(240, 300);
            assertThat(report.edits()).hasSize(120);
            assertThat(report.edits()).filteredOn(edit -> edit.found() == null).isEmpty();
            assertThat(report.falseAlarms()).isEmpty();
            assertThat(report.edits())
                    .extracting(DrillEdit::what)
                    .contains("deleted", "duplicated", "given another id");
        }
    }

    @Test
    void theStoreItselfIsNeverTouched() {
        var before = contents();
        drill(HERE, 500, 200);
        assertThat(contents()).isEqualTo(before);
        assertThat(db.queryForList("SELECT relname FROM pg_class WHERE relname = 'drilled'"))
                .isEmpty();
        untilWitnessed();
        assertThat(StoreAudit.run(store, tables, keys).deviations()).isEmpty();
    }

    /** Everything but the record of the drill itself. */
    private List<String> contents() {
        return List.of("telemetry", "findings", "decisions").stream()
                .map(table -> db.queryForObject(
                        "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM store." + table + " t"
                                + (table.equals("decisions") ? " WHERE payloadType NOT LIKE '%TamperDrilled'" : ""),
                        String.class))
                .toList();
    }

    @Test
    void anHonestCopyRaisesNoAlarm() {
        var slice = Slice.newest(HERE, proofs.state(HERE).orElseThrow(), tables, 200);
        assertThat(SliceAudit.of(slice, slice.rows(store))).isEmpty();
        slice.requireSigned(keys);
    }

    @Test
    void aLedgerThatSomebodyChangedToFitIsRefused() {
        var honest = Slice.newest(HERE, proofs.state(HERE).orElseThrow(), tables, 50);
        var leaves = new java.util.ArrayList<>(honest.leaves());
        leaves.set(7, new Slice.Sealed(leaves.get(7).position(), leaves.get(8).hash()));
        var bent = new Slice(HERE, honest.state(), honest.first(), leaves);
        assertThatThrownBy(() -> bent.requireSigned(keys)).isInstanceOf(io.velvetastro.ledger.NotProven.class);
    }

    @Test
    void aDrillIsRememberedInTheLedgerItself() {
        drill(HERE, 100, 10);
        var payload = db.queryForObject(
                "SELECT convert_from(payload, 'UTF8') FROM store.decisions WHERE payloadType LIKE '%TamperDrilled' ORDER BY globalIndex DESC LIMIT 1",
                String.class);
        assertThat(payload).contains("\"edits\":10", "\"found\":10", "\"falseAlarms\":0");
    }

    @Test
    void anOrganisationDrillsOnItsOwnEventsOnly() {
        var slice = Slice.newest(ELSEWHERE, proofs.state(ELSEWHERE).orElseThrow(), tables, 10_000);
        assertThat(slice.rows(store)).allMatch(row -> Leaves.of(row).tenant().equals(ELSEWHERE));
        assertThatThrownBy(() -> drill(History.tenant("nobody"), 100, 10))
                .satisfies(refused -> assertThat(Refused.in(refused)).isEqualTo(Refused.Why.NOT_FOUND));
    }
}
