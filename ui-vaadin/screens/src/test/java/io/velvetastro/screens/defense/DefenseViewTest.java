package io.velvetastro.screens.defense;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.questions.Defense.Action;
import io.velvetastro.questions.Defense.DefenseChanged;
import io.velvetastro.questions.Defense.DefenseRules;
import io.velvetastro.questions.Defense.HeldBy;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Defense.RuleRow;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.testing.Rows;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefenseViewTest extends ScreenTest {

    @Test
    void whatStandsSaysWhyAndByWhom() {
        var words = textOf(at("defense", DefenseView.class));
        assertThat(words)
                .contains("203.0.113.0", "Success after many failures", "By playbook contain source", "Ends in");
        assertThat(rooms.asked(DefenseRules.class)).anySatisfy(asked -> {
            assertThat(asked.action()).isEqualTo(Action.BLOCK);
            assertThat(asked.standingAt()).isEqualTo(NOON);
        });
    }

    @Test
    void aNetworkIsBlockedByHand() {
        at("defense", DefenseView.class);
        press("Block an address");
        fill("203.0.113.0/24", "Rented hosting");
        confirm("Block address");
        assertThat(rooms.onlyOrder(BlockNetwork.class).network()).isEqualTo(Network.of("203.0.113.0/24"));
        assertThat(find(Ask.class).exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "203.0.113", "203.0.113.300", "<script>", "203.0.113.1/99", "example.com"})
    void whatIsNoNetworkIsNotSent(String text) {
        at("defense", DefenseView.class);
        press("Block an address");
        fill(text, "Because");
        confirm("Block address");
        assertThat(rooms.ordered).isEmpty();
        assertThat(find(TextField.class)
                        .withLabel("Address or network")
                        .single()
                        .isInvalid())
                .isTrue();
    }

    @Test
    void aNetworkOfOursIsNeverBlocked() {
        at("defense", DefenseView.class);
        press("Never block an address");
        fill("192.0.2.0/28", "Gothenburg office");
        confirm("Never block");
        assertThat(rooms.onlyOrder(AllowNetwork.class).reason()).isEqualTo("Gothenburg office");
    }

    @Test
    void aBlockIsLiftedAfterADialogThatNamesIt() {
        at("defense", DefenseView.class);
        press("Lift block of 203.0.113.0");
        assertThat(textOf(find(LiftDialog.class).single())).contains("203.0.113.0");
        confirm("Lift block");
        assertThat(rooms.onlyOrder(LiftRule.class).ruleId()).isEqualTo(new RuleId(Sample.id("rule0")));
    }

    @Test
    void liftingOneOfTwoBlocksSaysWhatStillHolds() {
        var one = Sample.rule(NOON, 0, Action.BLOCK);
        var two = new RuleRow(
                new RuleId(Sample.id("rule of another incident")),
                Action.BLOCK,
                one.network(),
                one.until(),
                "Password spray on VPN",
                Sample.INCIDENT,
                "playbook:contain-source",
                NOON,
                null,
                null);
        rooms.answer(DefenseRules.class, asked -> new RulePage(List.of(one, two), null, 2));
        rooms.answer(HeldBy.class, asked -> new RulePage(List.of(two, one), null, 2));
        assertThat(textOf(at("defense", DefenseView.class))).contains("another rule holds it too");
        test(find(NativeButton.class).all().stream()
                        .filter(button -> textOf(button).equals("Lift block"))
                        .findFirst()
                        .orElseThrow())
                .click();
        assertThat(textOf(find(LiftDialog.class).single()))
                .contains("Still kept out by another block: Password spray on VPN")
                .doesNotContain(one.reason());
    }

    @Test
    void aBlockOfAPlaybookAppearsByItself() {
        Rows.none(rooms);
        var view = at("defense", DefenseView.class);
        assertThat(textOf(view)).contains("Nothing is blocked");
        rooms.answer(DefenseRules.class, asked -> new RulePage(List.of(Sample.rule(NOON, 0, Action.BLOCK)), null, 1));
        rooms.tell(new DefenseChanged(Sample.TENANT));
        beatPasses();
        assertThat(textOf(view)).contains("203.0.113.0");
    }

    @Test
    void moreRowsComeWhenAskedFor() {
        rooms.answer(
                DefenseRules.class,
                asked -> asked.cursor() == null
                        ? new RulePage(List.of(Sample.rule(NOON, 0, Action.BLOCK)), "on", 2)
                        : new RulePage(List.of(Sample.rule(NOON, 3, Action.BLOCK)), null, 2));
        var view = at("defense", DefenseView.class);
        assertThat(textOf(view)).doesNotContain("203.0.113.3");
        press("Show more of 2");
        assertThat(textOf(view)).contains("203.0.113.0", "203.0.113.3");
        assertThat(hasButton("Show more")).isFalse();
    }

    private void fill(String network, String reason) {
        find(TextField.class).withLabel("Address or network").single().setValue(network);
        find(TextField.class).withLabel("Reason").single().setValue(reason);
    }

    private void confirm(String verb) {
        test(find(NativeButton.class, find(Ask.class).single()).all().stream()
                        .filter(button -> textOf(button).equals(verb))
                        .findFirst()
                        .orElseThrow())
                .click();
    }
}
