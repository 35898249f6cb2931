package io.velvetastro.screens.shell;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.questions.Organizations;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.testing.FakeOrganizations;
import io.velvetastro.screens.testing.ScreenTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

class SwitchDialogTest extends ScreenTest {
    @Autowired
    private ObjectProvider<Desk> desks;

    @Autowired
    private Organizations organizations;

    private SwitchDialog dialog;

    @BeforeEach
    void asked() {
        FakeOrganizations.DONE.clear();
        FakeOrganizations.closed = null;
        signedInAgainAs(Role.IT_SECURITY);
        open("dashboard");
        var desk = desks.getObject();
        dialog = new SwitchDialog(desk, organizations, organizations.mine(desk.caller()));
        dialog.open();
        roundTrip();
    }

    private void go() {
        test(find(NativeButton.class, dialog).all().stream()
                        .filter(button -> textOf(button).equals("Switch"))
                        .findFirst()
                        .orElseThrow())
                .click();
    }

    @Test
    void aPastedLinkIsTakenUpAndEntered() {
        find(TextField.class, dialog).single().setValue("https://velvet.example.org/join#the-token");
        go();
        assertThat(FakeOrganizations.DONE).first().isEqualTo("accepted the-token");
        assertThat(FakeOrganizations.DONE).last().asString().startsWith("entered");
    }

    @Test
    void whoIsTakenInAndCannotGoThereYetIsToldBothAndTakesNothingUpTwice() {
        FakeOrganizations.closed = new Refused(NOT_AS_IT_STANDS, "Sign in with your passkey first.");
        find(TextField.class, dialog).single().setValue("https://velvet.example.org/join#the-token");
        go();
        assertThat(textOf(dialog))
                .contains("You belong to Northwind now. Sign in with your passkey first.")
                .doesNotContain("Nothing has changed");
        FakeOrganizations.closed = null;
        go();
        assertThat(FakeOrganizations.DONE).hasSize(2).first().isEqualTo("accepted the-token");
        assertThat(FakeOrganizations.DONE).last().asString().startsWith("entered");
    }

    @Test
    void nothingChosenIsNothingDone() {
        go();
        assertThat(FakeOrganizations.DONE).isEmpty();
    }
}
