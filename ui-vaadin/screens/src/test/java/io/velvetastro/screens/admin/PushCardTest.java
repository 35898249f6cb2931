package io.velvetastro.screens.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Role;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.testing.FakeRecordPush;
import io.velvetastro.screens.testing.ScreenTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the record goes is seen beside it, with what stands in the way, and changed there. */
class PushCardTest extends ScreenTest {
    private RecordView view;

    @BeforeEach
    void anAdministrator() {
        signedInAgainAs(Role.ORG_ADMIN);
        view = at("record", RecordView.class);
    }

    @Test
    void whatStandsInTheWayIsSaidInPlainWords() {
        assertThat(textOf(view))
                .contains(
                        "https://siem.brightwater.example/velvet",
                        "It answers 503",
                        "12 entries taken",
                        "next try in",
                        "3 wait")
                .doesNotContain("STATUS", "FAILING");
    }

    @Test
    void anAddressThatIsNoneIsSaidWhereItWasTypedAndAGoodOneShowsItsSecretOnce() {
        press("Send the record elsewhere");
        address("http://siem.brightwater.example");
        confirm("Send it there");
        assertThat(find(TextField.class).withLabel("Address").single().getErrorMessage())
                .isEqualTo("The address must begin with https://.");
        address("https://another.brightwater.example/in");
        confirm("Send it there");
        assertThat(textOf(find(ShownOnce.class).single())).contains(FakeRecordPush.SECRET);
        press("I have kept it");
        assertThat(textOf(view))
                .contains("https://another.brightwater.example/in", "All of it was taken")
                .doesNotContain(FakeRecordPush.SECRET);
    }

    @Test
    void aTrialIsAwaited() {
        press("Send a trial there");
        assertThat(textOf(view)).contains("A trial is on its way");
        beat.pass();
        assertThat(textOf(view)).contains("The trial was taken");
        assertThat(beat.waiting()).as("and then nobody looks any more").isZero();
    }

    @Test
    void aNewSecretIsShownOnceAndTheOldOneHasADay() {
        press("New secret for the receiver");
        confirm("Make secret");
        assertThat(textOf(find(ShownOnce.class).single())).contains(FakeRecordPush.SECRET);
        press("I have kept it");
        assertThat(textOf(view)).contains("Two secrets sign");
    }

    @Test
    void itIsRemovedByName() {
        press("Send the record nowhere");
        assertThat(textOf(find(Ask.class).single())).contains("siem.brightwater.example");
        confirm("Send it nowhere");
        assertThat(textOf(view))
                .contains("It is sent nowhere yet", "Set a receiver")
                .doesNotContain("brightwater.example");
    }

    private void address(String url) {
        find(TextField.class).withLabel("Address").single().setValue(url);
    }

    private void confirm(String verb) {
        test(find(NativeButton.class, find(Ask.class).single()).all().stream()
                        .filter(button -> textOf(button).equals(verb))
                        .findFirst()
                        .orElseThrow())
                .click();
    }
}
