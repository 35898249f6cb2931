package io.velvetastro.screens.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.IncidentCommand.AssignIncident;
import io.velvetastro.language.IncidentCommand.CommentOnIncident;
import io.velvetastro.language.IncidentCommand.ReopenIncident;
import io.velvetastro.language.IncidentCommand.ResolveIncident;
import io.velvetastro.language.Network;
import io.velvetastro.language.PlaybookCommand.UndoStep;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.Incidents.IncidentById;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.questions.Incidents.Status;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentViewTest extends ScreenTest {
    private static final String ADDRESS = "incidents/" + Sample.INCIDENT;

    @BeforeEach
    void theIncidentStands() {
        standing(Status.IN_PROGRESS);
    }

    private void standing(Status status) {
        rooms.answer(
                IncidentById.class,
                asked -> asked.incident().equals(Sample.INCIDENT) ? List.of(Sample.whole(NOON, status)) : List.of());
    }

    @Test
    void theStoryIsTold() {
        var words = textOf(at(ADDRESS, IncidentView.class));
        assertThat(words)
                .contains(
                        "Password spray led to a finance mailbox export",
                        "In progress",
                        "Mira Solberg",
                        "3 users, 8 findings, 214 events")
                .contains(
                        "412 tries on 61 accounts",
                        "was blocked by playbook Contain source",
                        "Called Nora: it was not her")
                .contains("nora.lind", "mail-edge-1");
    }

    @Test
    void theRibbonHasSevenStagesAndSaysWhichWereNotSeen() {
        at(ADDRESS, IncidentView.class);
        var stages = find(ListItem.class).withClassName("rb").all();
        assertThat(stages).hasSize(7);
        assertThat(stages)
                .filteredOn(stage -> textOf(stage).contains("not seen"))
                .hasSize(3);
        assertThat(textOf(stages.get(2))).contains("3", "Delivery", "T1110.003");
    }

    @Test
    void theFindingThatGotFurthestLiesOpenAndAnyLineClosesAndOpens() {
        var view = at(ADDRESS, IncidentView.class);
        assertThat(textOf(view)).contains("Many accounts, few passwords", "+3.90");
        press("Mailbox export started");
        assertThat(textOf(view)).doesNotContain("Many accounts, few passwords");
        press("Mailbox export started");
        assertThat(textOf(view)).contains("Many accounts, few passwords", "+3.90");
        press("Show event " + Sample.id("e1"));
        assertThat(textOf(find(Timeline.class).single())).contains("class_uid", Sample.HOSTILE);
        assertThat(view.getElement().getOuterHTML()).doesNotContain("<img src=x");
    }

    @Test
    void anOpenedLineStaysOpenAndInPlaceWhenTheIncidentGrows() {
        at(ADDRESS, IncidentView.class);
        var before = find(ListItem.class).withClassName("ev").all();
        standing(Status.CONTAINED);
        rooms.tell(new IncidentsChanged(Sample.TENANT, Sample.INCIDENT));
        beatPasses();
        assertThat(textOf(find(IncidentView.class).single())).contains("Contained", "Many accounts, few passwords");
        assertThat(find(ListItem.class).withClassName("ev").all()).isEqualTo(before);
    }

    @Test
    void whatStandsCanBeUndoneByItsPlaybookStep() {
        at(ADDRESS, IncidentView.class);
        press("Undo");
        confirm("Undo");
        var order = rooms.onlyOrder(UndoStep.class);
        assertThat(order.step()).isEqualTo("block-source");
        assertThat(order.reason()).isEqualTo("Lifted by hand");
    }

    @Test
    void whatWasRefusedSaysWhy() {
        assertThat(textOf(at(ADDRESS, IncidentView.class)))
                .contains("Refused: 10.1.2.3 is on the never-block list", "Taken back by Mira Solberg");
    }

    @Test
    void aSourceThatIsNotKeptOutWaitsOnTopAndIsBlockedForThisIncident() {
        at(ADDRESS, IncidentView.class);
        assertThat(textOf(find(ListItem.class).withClassName("pend").single()))
                .contains("203.0.113.18", "Not kept out");
        test(find(NativeButton.class, find(ListItem.class).withClassName("pend").single())
                        .single())
                .click();
        confirm("Block address");
        var order = rooms.onlyOrder(BlockNetwork.class);
        assertThat(order.network()).isEqualTo(Network.of("203.0.113.18"));
        assertThat(order.incident()).isEqualTo(Sample.INCIDENT);
    }

    @Test
    void itIsResolvedOnlyWithWhatItWas() {
        at(ADDRESS, IncidentView.class);
        press("Resolve incident");
        confirm("Resolve incident");
        assertThat(rooms.ordered).isEmpty();
        disposition().setValue(Disposition.TRUE_POSITIVE);
        find(TextArea.class).single().setValue("Told the bank.");
        confirm("Resolve incident");
        var order = rooms.onlyOrder(ResolveIncident.class);
        assertThat(order.disposition()).isEqualTo(Disposition.TRUE_POSITIVE);
        assertThat(order.note().text()).isEqualTo("sealed:Told the bank.");
    }

    @Test
    void aRefusedResolutionIsSaidInTheDialog() {
        rooms.refuse(new Refused(Refused.Why.ALREADY_RESOLVED, "by Ada"));
        at(ADDRESS, IncidentView.class);
        press("Resolve incident");
        disposition().setValue(Disposition.UNDETERMINED);
        confirm("Resolve incident");
        assertThat(textOf(find(ResolveDialog.class).single())).contains("already resolved");
    }

    @Test
    void aNoteLeavesSealed() {
        at(ADDRESS, IncidentView.class).pressed("n");
        find(TextArea.class).single().setValue("Nora was on the train " + Sample.HOSTILE);
        confirm("Add note");
        assertThat(rooms.onlyOrder(CommentOnIncident.class).text().text())
                .isEqualTo("sealed:Nora was on the train " + Sample.HOSTILE);
    }

    @Test
    @SuppressWarnings("unchecked")
    void itIsAssignedToSomebodyWhoMayActOnIt() {
        at(ADDRESS, IncidentView.class);
        press("Reassign");
        var who = (Select<MemberRow>) find(Select.class).single();
        assertThat(who.getListDataView().getItems().map(MemberRow::name)).containsExactly("Mira Solberg", "Ada Okafor");
        assertThat(who.getValue().name()).isEqualTo("Mira Solberg");
        confirm("Assign incident");
        assertThat(rooms.onlyOrder(AssignIncident.class).assignee()).isEqualTo(Sample.MIRA);
    }

    @Test
    void aResolvedIncidentCanBeReopened() {
        standing(Status.RESOLVED);
        at(ADDRESS, IncidentView.class);
        assertThat(hasButton("Resolve incident")).isFalse();
        press("Reopen incident");
        assertThat(rooms.onlyOrder(ReopenIncident.class).incidentId()).isEqualTo(Sample.INCIDENT);
    }

    @Test
    void anIncidentOfSomebodyElseIsSimplyNotThere() {
        assertThat(textOf(at("incidents/" + Sample.id("another"), IncidentView.class)))
                .contains("This incident is not here");
        assertThat(textOf(at("incidents/not-an-id", IncidentView.class))).contains("This incident is not here");
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<Disposition> disposition() {
        return find(RadioButtonGroup.class).single();
    }

    private void confirm(String verb) {
        var dialog = find(Ask.class).single();
        test(find(NativeButton.class, dialog).all().stream()
                        .filter(button -> textOf(button).equals(verb))
                        .findFirst()
                        .orElseThrow())
                .click();
    }
}
