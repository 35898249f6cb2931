package io.velvetastro.screens.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.AuditCommand.AskForAudit;
import io.velvetastro.language.DoubtCommand.AcknowledgeDoubt;
import io.velvetastro.language.DrillCommand.RunTamperDrill;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import io.velvetastro.questions.Forensics.AuditAsked;
import io.velvetastro.questions.Forensics.EventEvidence;
import io.velvetastro.questions.Forensics.EventHistory;
import io.velvetastro.questions.Forensics.EvidenceAnswer;
import io.velvetastro.questions.Forensics.LedgerState;
import io.velvetastro.questions.Forensics.Standing;
import io.velvetastro.questions.Forensics.Unchanged;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.shell.NotAllowedView;
import io.velvetastro.screens.testing.Rows;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.SampleEvidence;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForensicsViewTest extends ScreenTest {
    private final SampleEvidence sample = new SampleEvidence(NOON);

    private String address() {
        return UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters();
    }

    private void evidence(io.velvetastro.questions.Forensics.Evidence evidence) {
        rooms.answer(LedgerState.class, asked -> sample.ledger(Standing.INTACT, ""))
                .answer(EventEvidence.class, asked -> new EvidenceAnswer(evidence));
    }

    @Test
    void theLedgerSaysHowItStands() {
        var view = at("forensics", ForensicsView.class);
        assertThat(textOf(view)).contains("Ledger intact", "40", "log/sample", "witness/sample");
    }

    @Test
    void lookingAtTheLedgerAgainTakesTheFocusFromNobody() {
        at("forensics", ForensicsView.class);
        var compare = button("Compare with a saved checkpoint");
        rooms.answer(LedgerState.class, asked -> sample.ledger(Standing.LATE, "The witness does not answer"));
        find(LedgerStrip.class).single().look();
        assertThat(textOf(find(LedgerStrip.class).single()))
                .containsOnlyOnce("The ledger is late")
                .doesNotContain("intact");
        assertThat(button("Compare with a saved checkpoint")).isSameAs(compare);
    }

    @Test
    void aLedgerThatIsLateOrRefusesIsShownAsTrouble() {
        rooms.answer(LedgerState.class, asked -> sample.ledger(Standing.LATE, "The witness does not answer"));
        assertThat(textOf(at("forensics", ForensicsView.class)))
                .contains("The ledger is late", "The witness does not answer");
        open("not-allowed");
        rooms.answer(LedgerState.class, asked -> sample.ledger(Standing.CONTRADICTED, "node 3 of level 8"));
        assertThat(textOf(at("forensics", ForensicsView.class))).contains("refuses what it finds", "node 3 of level 8");
    }

    @Test
    void filtersStandInTheAddressBarAndReachTheQuestion() {
        at("forensics?user=nora&type=LoginFailed&type=AlertRaised&address=203.0.113.7", ForensicsView.class);
        var filter = rooms.asked(EventHistory.class).getLast().filter();
        assertThat(filter.user()).isEqualTo("nora");
        assertThat(filter.address()).isEqualTo("203.0.113.7");
        assertThat(filter.types()).isEqualTo(Set.of("LoginFailed", "AlertRaised"));
        press("Remove filter address");
        assertThat(address()).doesNotContain("address").contains("user=nora");
    }

    @Test
    void aRowOpensTheEventAndTheVerifierWalksItsProof() {
        evidence(sample.proven());
        var view = at("forensics", ForensicsView.class);
        var rows = find(HistoryGrid.class).single();
        openRow(rows, test(rows).getRow(4).id());
        assertThat(address()).contains("id=" + SampleEvidence.EVENT);
        assertThat(textOf(view)).contains("Proven", "Leaf hash made from", "Leads to the root of your log of 40");
        assertThat(textOf(view)).contains("Signed root", "Your root", "witness/sample saw it at");
        assertThat(textOf(view)).contains(Sample.HOSTILE); // As text; markup it never becomes.
        assertThat(find(ProofPath.class).single().getElement().getAttribute("aria-label"))
                .contains("it arrives there");
    }

    @Test
    void oneChangedByteIsToldInRed() {
        evidence(sample.changed());
        var view = at("forensics?id=" + SampleEvidence.EVENT, ForensicsView.class);
        assertThat(textOf(view)).contains("Not proven").doesNotContain("Leaf hash made from");
        assertThat(find(ProofPath.class).single().getElement().getAttribute("aria-label"))
                .contains("does not arrive");
    }

    @Test
    void anEventTheLedgerHasNotComeToYetSaysSo() {
        evidence(sample.waiting());
        assertThat(textOf(at("forensics?id=" + SampleEvidence.EVENT, ForensicsView.class)))
                .contains("Being sealed", "Not under a witnessed checkpoint yet");
    }

    @Test
    void anotherOrganisationsEventIsAsIfItWereNotThere() {
        rooms.answer(EventEvidence.class, asked -> new EvidenceAnswer(null));
        assertThat(textOf(at("forensics?id=" + Sample.id("foreign"), ForensicsView.class)))
                .contains("This event is not here");
    }

    @Test
    void nothingStoredAndNothingFoundAreToldApart() {
        Rows.none(rooms);
        assertThat(textOf(at("forensics", ForensicsView.class))).contains("Nothing is stored yet");
        open("not-allowed");
        assertThat(textOf(at("forensics?user=nobody", ForensicsView.class))).contains("Nothing stored matches");
        press("Clear all filters");
        assertThat(address()).isEqualTo("forensics");
    }

    @Test
    void aHistoryThatCannotBeReadLeavesTheLedgersStateInPlace() {
        rooms.answer(EventHistory.class, asked -> {
            throw new IllegalStateException("down");
        });
        assertThat(textOf(at("forensics", ForensicsView.class)))
                .contains("Ledger intact", "could not be loaded", "Try again");
    }

    @Test
    void theCustodyLogSaysWhoTookWhatAndWhy() {
        assertThat(textOf(at("forensics?show=custody", ForensicsView.class)))
                .contains("Mira Solberg", "214 events", "Asked for by <b>the insurer</b>", "SHA-256 abab")
                .contains("Jonas Vik", "No reason was given", "was not handed over");
    }

    @Test
    void aDrillSaysWhatWasFoundAndWhatWasNot() {
        var view = at("forensics?show=drill", ForensicsView.class);
        press("Run a drill");
        var order = rooms.onlyOrder(RunTamperDrill.class);
        assertThat(order.events()).isEqualTo(1_000);
        assertThat(textOf(view)).contains("1 of 2 changes found", "leaf 41 is gone", "not noticed", "50 of 50");
    }

    @Test
    void anAdministratorAsksForARoundNowAndSeesWhatEarlierOnesFound() {
        signedInAgainAs(Role.ORG_ADMIN);
        var view = at("forensics?show=audit", ForensicsView.class);
        assertThat(textOf(view))
                .contains("1 place differs", " events of the whole store, under checkpoint 812, asked for")
                .contains("leaf 7 is not what the store holds", "All as it was");
        press("Audit now");
        assertThat(rooms.onlyOrder(AskForAudit.class)).isNotNull();
        assertThat(textOf(view)).contains("A round was asked for and is under way");
    }

    @Test
    void whoeverAsksAgainTooSoonIsToldWhen() {
        signedInAgainAs(Role.ORG_ADMIN);
        rooms.answer(AskForAudit.class, asked -> new AuditAsked(asked.at(), 130));
        var view = at("forensics?show=audit", ForensicsView.class);
        press("Audit now");
        assertThat(textOf(view)).contains("can be asked for in 3 minutes").doesNotContain("is under way");
    }

    @Test
    void aDoubtIsAnsweredWithAReasonAndStays() {
        signedInAgainAs(Role.ORG_ADMIN);
        var view = at("forensics?show=audit", ForensicsView.class);
        assertThat(textOf(view))
                .contains("Leaf 7", "was changed before the ledger had it: LoginFailed")
                .contains(Sample.members().getFirst().name() + " has looked: Our own repair");
        press("Acknowledge");
        press("Say that I have looked");
        assertThat(rooms.ordered).isEmpty(); // Not without a reason.
        test(find(TextField.class).single()).setValue("We mended it by hand");
        press("Say that I have looked");
        assertThat(rooms.onlyOrder(AcknowledgeDoubt.class).leaf()).isEqualTo(7);
        assertThat(textOf(view)).contains("Leaf 7");
    }

    @Test
    void whoIsNoAdministratorCanOnlyLook() {
        signedInAgainAs(Role.IT_SECURITY);
        assertThat(textOf(at("forensics?show=audit", ForensicsView.class)))
                .contains("an administrator can ask for a round")
                .doesNotContain("Audit now", "Acknowledge");
    }

    @Test
    void theCommandToVerifyCarriesTheKeys() {
        var view = at("forensics?show=verify", ForensicsView.class);
        assertThat(textOf(view))
                .contains(
                        "./velvet verify evidence.zip",
                        "--key 'velvetastro.io/log/sample+",
                        "--witness 'velvetastro.io/witness/sample+");
    }

    @Test
    void anIncidentIsProvenInOneClickAndAReason() {
        at("incidents/" + Sample.INCIDENT, IncidentView.class);
        press("Prove it");
        press("Pack evidence");
        assertThat(rooms.ordered).isEmpty(); // Not without a reason.
        test(find(TextField.class).single()).setValue("For the insurer");
        press("Pack evidence");
        assertThat(rooms.onlyOrder(Wanted.OfIncident.class).incident()).isEqualTo(Sample.INCIDENT);
        assertThat(rooms.onlyOrder(Sealed.class)).isNotNull();
        assertThat(find(Anchor.class).withId("save-evidence").single().getHref())
                .isNotEmpty();
    }

    @Test
    void aSavedCheckpointIsHeldAgainstTheLedgerOfToday() {
        evidence(sample.proven());
        rooms.answer(Unchanged.class, asked -> sample.unchangedSince(asked.since()));
        at("forensics", ForensicsView.class);
        press("Compare with a saved checkpoint");
        var dialog = find(CompareDialog.class).single();
        test(find(TextArea.class).single()).setValue(sample.earlierCheckpoint());
        test(buttonThatSays("Compare")).click();
        assertThat(textOf(dialog)).contains("Nothing was rewritten");
        rooms.answer(Unchanged.class, asked -> sample.rewrittenSince(asked.since()));
        test(buttonThatSays("Compare")).click();
        assertThat(textOf(dialog)).contains("History was rewritten");
        test(find(TextArea.class).single()).setValue("something else");
        test(buttonThatSays("Compare")).click();
        assertThat(textOf(dialog)).contains("This is no checkpoint of this ledger");
    }

    @Test
    void whoMayNotReadIncidentsIsTurnedAway() {
        signedInAgainAs(Role.EMPLOYEE);
        open("forensics");
        assertThat(find(NotAllowedView.class).all()).isNotEmpty();
    }

    /** Exactly that: "Compare with …" is another one. */
    private NativeButton buttonThatSays(String words) {
        return find(NativeButton.class).all().stream()
                .filter(each -> words.equals(each.getText()))
                .findFirst()
                .orElseThrow();
    }
}
