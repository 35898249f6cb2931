package io.velvetastro.screens.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.Network;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.AttackDetails;
import io.velvetastro.questions.Attacks.AttackFeed;
import io.velvetastro.questions.Attacks.AttackPage;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import io.velvetastro.screens.defense.BlockDialog;
import io.velvetastro.screens.forensics.HandOutDialog;
import io.velvetastro.screens.testing.Rows;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttacksViewTest extends ScreenTest {
    private static final AttackRow SPRAY = Sample.attack(NOON, 3);

    private Grid<AttackRow> grid() {
        return find(AttackGrid.class).single();
    }

    private String address() {
        return UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters();
    }

    @Test
    void theAddressBarSaysWhatIsShown() {
        at("attacks?severity=high&stage=3&source=203.0.113.3", AttacksView.class);
        var filter = rooms.asked(AttackFeed.class).stream()
                .filter(asked -> asked.limit() == 100)
                .findFirst()
                .orElseThrow()
                .filter();
        assertThat(filter.severities()).containsExactly(Severity.HIGH);
        assertThat(filter.stages()).containsExactly(Stage.DELIVERY);
        assertThat(filter.source()).isEqualTo("203.0.113.3");
        assertThat(test(grid()).getRow(0)).isEqualTo(SPRAY);
    }

    @Test
    void aFacetIsAClickAwayAndLandsInTheAddressBar() {
        at("attacks", AttacksView.class);
        press("1 Recon");
        assertThat(address()).isEqualTo("attacks?stage=1");
        press("1 Recon");
        assertThat(address()).isEqualTo("attacks");
    }

    @Test
    void whatIsTypedBecomesAFilterThatCanBeTakenAway() {
        at("attacks", AttacksView.class);
        var field = find(Input.class).all().stream()
                .filter(input -> input.getElement().hasAttribute("data-query"))
                .findFirst()
                .orElseThrow();
        test(field).setValue("user:nora outcome:blocked");
        assertThat(address()).contains("user=nora").contains("outcome=blocked");
        press("Remove filter user nora");
        assertThat(address()).isEqualTo("attacks?outcome=blocked");
    }

    @Test
    void theTabKeepsItsCountWhileARowIsOpen() {
        at("attacks", AttacksView.class);
        var counted = textOf(button("All"));
        assertThat(counted).matches("All\\d.*");
        open("attacks?id=" + SPRAY.id());
        assertThat(textOf(button("All"))).isEqualTo(counted);
    }

    @Test
    void millionsOfRowsCostAFewQuestions() {
        at("attacks", AttacksView.class);
        int before = rooms.asked(AttackFeed.class).size();
        assertThat(grid().getLazyDataView().getItems().skip(250).findFirst()).contains(Sample.attack(NOON, 250));
        assertThat(rooms.asked(AttackFeed.class).size() - before).isLessThan(250);
    }

    @Test
    void theDrawerExplainsTheAttack() {
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        var drawer = textOf(find(AttackDrawer.class).single());
        assertThat(drawer)
                .contains(
                        "Password spray on VPN",
                        "Why this fired",
                        "Sixty-one accounts",
                        "What weighed in",
                        "+3.90",
                        "−0.40")
                .contains(
                        "T1110.003",
                        "Singapore, SG",
                        "AS64501",
                        "vpn-gw-02",
                        "password-spray, v3",
                        "IP Geolocation by DB-IP");
    }

    @Test
    void anAttackIsProvenFromItsDrawer() {
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        press("Prove it");
        test(find(TextField.class).single()).setValue("For the insurer");
        press("Pack evidence");
        assertThat(rooms.onlyOrder(Wanted.OfAttack.class).attack()).isEqualTo(SPRAY.id());
        assertThat(textOf(find(HandOutDialog.class).single())).contains("Save verify.html");
    }

    @Test
    void aRawEventIsWordsWhateverItSays() {
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        var drawer = find(AttackDrawer.class).single();
        assertThat(textOf(drawer)).contains(Sample.HOSTILE);
        assertThat(drawer.getElement().getOuterHTML()).doesNotContain("<img src=x");
    }

    @Test
    void anAttackOfSomebodyElseIsSimplyNotThere() {
        rooms.answer(AttackDetails.class, asked -> List.of());
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        assertThat(textOf(find(AttackDrawer.class).single())).contains("This attack is not here");
    }

    @Test
    void newRowsWaitWhileSomebodyReads() {
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        var newer = Sample.attack(NOON.plusSeconds(5), 900);
        rooms.answer(AttackFeed.class, asked -> new AttackPage(List.of(newer), null, 1));
        rooms.tell(new AttacksChanged(Sample.TENANT));
        beatPasses();
        assertThat(test(grid()).getRow(0)).isEqualTo(Sample.attack(NOON, 0));
        assertThat(hasButton("1 new, held while you read")).isTrue();
        press("1 new, held while you read");
        assertThat(test(grid()).getRow(0)).isEqualTo(newer);
    }

    @Test
    void withNothingOpenNewRowsComeInByThemselves() {
        at("attacks", AttacksView.class);
        var newer = Sample.attack(NOON.plusSeconds(5), 900);
        rooms.answer(AttackFeed.class, asked -> new AttackPage(List.of(newer), null, 1));
        rooms.tell(new AttacksChanged(Sample.TENANT));
        beatPasses();
        assertThat(test(grid()).getRow(0)).isEqualTo(newer);
    }

    @Test
    void theAddressIsBlockedFromTheDrawerAfterADialogThatNamesIt() {
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        press("Block address");
        var dialog = find(BlockDialog.class).single();
        assertThat(dialog.getHeaderTitle()).isEqualTo("Block 203.0.113.3");
        assertThat(rooms.ordered).isEmpty();
        confirm();
        var order = rooms.onlyOrder(BlockNetwork.class);
        assertThat(order.network()).isEqualTo(Network.of("203.0.113.3"));
        assertThat(order.ttl()).isEqualTo(Duration.ofHours(24));
        assertThat(order.tenant()).isEqualTo(Sample.TENANT);
        assertThat(order.reason()).isEqualTo("Password spray on VPN");
        assertThat(find(BlockDialog.class).exists()).isFalse();
    }

    @Test
    void aRefusalIsShownWhereItWasAsked() {
        rooms.refuse(new Refused(Refused.Why.NEVER_BLOCK_LIST, "203.0.113.3 is yours"));
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        press("Block address");
        confirm();
        assertThat(textOf(find(BlockDialog.class).single()))
                .contains("on the never-block list", "Nothing has changed", "409 never-block-list");
    }

    @Test
    void aBlockWithoutAReasonIsNotSent() {
        at("attacks?id=" + SPRAY.id(), AttacksView.class);
        press("Block address");
        test(find(TextField.class, find(BlockDialog.class).single())
                        .withLabel("Reason")
                        .single())
                .setValue(" ");
        confirm();
        assertThat(rooms.ordered).isEmpty();
        assertThat(find(BlockDialog.class).exists()).isTrue();
    }

    @Test
    void keysMoveAndClose() {
        var view = at("attacks?id=" + Sample.attack(NOON, 0).id(), AttacksView.class);
        view.pressed("j");
        assertThat(address()).isEqualTo("attacks?id=" + Sample.attack(NOON, 1).id());
        view.pressed("k");
        view.pressed("k");
        assertThat(address()).isEqualTo("attacks?id=" + Sample.attack(NOON, 0).id());
        view.pressed("Escape");
        assertThat(address()).isEqualTo("attacks");
        view.pressed("3");
        assertThat(address()).isEqualTo("attacks?stage=3");
    }

    @Test
    void anEmptyAnswerSaysWhichFilterAndHowToGoOn() {
        Rows.none(rooms);
        var view = at("attacks?outcome=resolved&stage=5", AttacksView.class);
        assertThat(textOf(view)).contains("Nothing matches these filters", "stage:5", "outcome:resolved");
        press("Clear all filters");
        assertThat(address()).isEqualTo("attacks");
        assertThat(textOf(view)).contains("No attacks yet");
    }

    @Test
    void aFailureOfTheFeedCanBeTriedAgain() {
        rooms.answer(AttackFeed.class, asked -> {
            throw new IllegalStateException("secret detail");
        });
        var view = at("attacks", AttacksView.class);
        assertThat(textOf(view)).contains("This could not be loaded").doesNotContain("secret detail");
    }

    private void confirm() {
        var dialog = find(BlockDialog.class).single();
        test(find(com.vaadin.flow.component.html.NativeButton.class, dialog).all().stream()
                        .filter(button -> textOf(button).equals("Block address"))
                        .findFirst()
                        .orElseThrow())
                .click();
    }
}
