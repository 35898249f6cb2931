package io.velvetastro.screens.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Role;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.shell.NotAllowedView;
import io.velvetastro.screens.testing.FakeServiceAccounts;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminViewTest extends ScreenTest {

    @BeforeEach
    void anAdministrator() {
        signedInAgainAs(Role.ORG_ADMIN);
    }

    @Test
    void whoDoesNotAdministerIsTurnedAway() {
        signedInAgainAs(Role.IT_SECURITY);
        open("admin");
        assertThat(find(NotAllowedView.class).exists()).isTrue();
    }

    @Test
    void programsAndTheirKeysAreSeenAndNoKeyIsWhole() {
        var view = at("admin", AdminView.class);
        assertThat(textOf(view))
                .contains("log shipper", "send logs", "web-1", "va_ZyXwVuTs…", "old firewall", "Ada Okafor")
                .doesNotContain(FakeServiceAccounts.KEY);
    }

    @Test
    void whatThePlanHasNoRoomForIsSaidBesideIt() {
        var view = at("admin", AdminView.class);
        assertThat(textOf(view)).contains("beyond the plan, read-only", "beyond the plan, read-only from");
    }

    @Test
    void whatWillEndAndWhenIsSaidBeforeItDoes() {
        var view = at("admin", AdminView.class);
        assertThat(textOf(view))
                .contains("How long names stay readable", "1 year", "Nothing ends because of it before")
                .contains("2025-09", "Your plan keeps it no longer");
    }

    @Test
    void aNewKeyIsShownOnce() {
        at("admin", AdminView.class);
        press("New key for log shipper");
        find(TextField.class).withLabel("Name").single().setValue("web-3");
        confirm("Make key");
        assertThat(textOf(find(ShownOnce.class).single())).contains(FakeServiceAccounts.KEY);
        press("I have kept it");
        assertThat(find(ShownOnce.class).exists()).isFalse();
    }

    @Test
    void whoMayDoWhatIsSaidForEveryRoleAsItIs() {
        var matrix = find(Matrix.class, at("admin", AdminView.class)).single();
        var rows = find(NativeTableRow.class, matrix).all();
        assertThat(rows).hasSize(1 + Authority.values().length);
        for (var authority : Authority.values()) {
            var row = rows.get(1 + authority.ordinal());
            assertThat(textOf(row)).contains(authority.text());
            var says = find(NativeTableCell.class, row).all().stream()
                    .map(cell -> textOf(cell))
                    .toList();
            assertThat(says)
                    .as(authority.text())
                    .containsExactly(
                            word(Role.SUPER_ADMIN.authorities().contains(authority)),
                            word(Role.ORG_ADMIN.authorities().contains(authority)),
                            word(Role.IT_SECURITY.authorities().contains(authority)),
                            word(Role.EMPLOYEE.authorities().contains(authority)),
                            word(authority.isForPrograms()));
        }
    }

    private static String word(boolean may) {
        return may ? "yes" : "no";
    }

    @Test
    void aNameThatIsTakenIsSaidWhereItWasTyped() {
        var view = at("admin", AdminView.class);
        press("New service account");
        find(TextField.class).withLabel("Name").single().setValue("taken");
        confirm("Make account");
        assertThat(textOf(find(Ask.class).single())).contains("There is one of this name.");
        find(TextField.class).withLabel("Name").single().setValue("firewall");
        confirm("Make account");
        assertThat(textOf(view)).contains("firewall");
    }

    @Test
    void whoIsInvitedGetsALinkThatIsShownOnce() {
        var view = at("admin", AdminView.class);
        press("Invite somebody");
        find(EmailField.class).single().setValue("kim@brightwater.example");
        confirm("Invite");
        assertThat(textOf(find(ShownOnce.class).single())).contains("join#invitation-token");
        assertThat(textOf(view)).contains("kim@brightwater.example").doesNotContain("invitation-token");
        press("I have kept it");
        press("Withdraw invitation of kim");
        confirm("Withdraw invitation");
        assertThat(textOf(view)).doesNotContain("kim@brightwater.example");
    }

    @Test
    void whoLostTheirInvitationIsSentAnotherInItsPlace() {
        var view = at("admin", AdminView.class);
        press("Send invitation of jo@brightwater.example again");
        assertThat(textOf(find(Ask.class).single())).contains("jo@brightwater.example", "stops working");
        confirm("Send again");
        assertThat(textOf(find(ShownOnce.class).single())).contains("join#invitation-token");
        press("I have kept it");
        assertThat(textOf(view)).containsOnlyOnce("jo@brightwater.example");
    }

    @Test
    void whoMayNotInviteAsMuchDoesNotSendItAgain() {
        at("admin", AdminView.class);
        assertThat(find(NativeButton.class).all())
                .extracting(button -> button.getAriaLabel().orElse(""))
                .contains("Withdraw invitation of chief@brightwater.example")
                .doesNotContain("Send invitation of chief@brightwater.example again");
    }

    @Test
    void aSecondStepIsMadeCompulsoryAndLeftToEachAgain() {
        var view = at("admin", AdminView.class);
        assertThat(textOf(view)).contains("left to each", "One member has none yet");
        press("Make compulsory");
        confirm("Make compulsory");
        assertThat(textOf(view)).contains("A second step is compulsory");
        press("Leave it to each");
        confirm("Leave it to each");
        assertThat(textOf(view)).contains("left to each");
    }

    @Test
    void invitationsAreKeptToSomeMailboxes() {
        var view = at("admin", AdminView.class);
        assertThat(textOf(view)).contains("Anybody may be invited");
        press("Change who may be invited");
        find(TextField.class).withLabel("Domains").single().setValue("no domain!");
        confirm("Save");
        assertThat(find(TextField.class).withLabel("Domains").single().isInvalid())
                .isTrue();
        find(TextField.class).withLabel("Domains").single().setValue("brightwater.example, harbour.example");
        confirm("Save");
        assertThat(textOf(view)).contains("Only some mailboxes may be invited", "brightwater.example, harbour.example");
    }

    @Test
    void anAccountIsDisabledAndEnabledAgain() {
        var view = at("admin", AdminView.class);
        press("Disable Nora Lind");
        assertThat(textOf(find(Ask.class).single())).contains("Nora Lind", "neither a password nor a letter");
        confirm("Disable account");
        assertThat(textOf(view)).contains("Enable");
        press("Enable Nora Lind");
        confirm("Enable account");
        assertThat(textOf(view)).doesNotContain("Enable");
    }

    @Test
    void nobodyIsOfferedMoreThanTheyHave() {
        assertThat(Roles.givenBy(Sample.caller(Role.ORG_ADMIN)))
                .containsExactly(Role.ORG_ADMIN, Role.IT_SECURITY, Role.EMPLOYEE);
    }

    @Test
    void aKeyIsRevokedByName() {
        var view = at("admin", AdminView.class);
        press("Revoke va_");
        assertThat(textOf(find(Ask.class).single())).contains("web-1");
        confirm("Revoke key");
        assertThat(textOf(view)).doesNotContain("web-1");
    }

    private void confirm(String verb) {
        test(find(NativeButton.class, find(Ask.class).single()).all().stream()
                        .filter(button -> textOf(button).equals(verb))
                        .findFirst()
                        .orElseThrow())
                .click();
    }
}
