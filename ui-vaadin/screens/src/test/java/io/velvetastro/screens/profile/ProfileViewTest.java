package io.velvetastro.screens.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Role;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.testing.FakeOwnAccount;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

class ProfileViewTest extends ScreenTest {
    @Autowired
    ObjectProvider<FakeOwnAccount> own;

    @Test
    void everybodyHasAnAccountOfTheirOwnToLookAfter() {
        signedInAgainAs(Role.EMPLOYEE);
        var view = at("profile", ProfileView.class);
        assertThat(textOf(view)).contains("Firefox on Linux", "Berlin, DE", "This session", "password only", "Off.");
    }

    @Test
    void aSessionEndsAndIsGone() {
        var view = at("profile", ProfileView.class);
        press("End session: Safari on iOS");
        assertThat(textOf(view)).doesNotContain("Safari on iOS").contains("Firefox on Linux");
        press("End all others");
        assertThat(textOf(view)).doesNotContain("A program").contains("This session");
    }

    @Test
    void whoThinksBetterOfTheirExportStillSeesTheirSessions() {
        var view = at("profile", ProfileView.class);
        press("Export your data");
        confirm("Cancel");
        assertThat(textOf(view)).contains("Safari on iOS", "This session", "Your data was not exported");
    }

    @Test
    void theSecondStepIsSwitchedOnWithAPasswordAndACode() {
        var view = at("profile", ProfileView.class);
        press("Switch on");
        find(PasswordField.class).single().setValue("wrong");
        confirm("Go on");
        assertThat(textOf(find(Ask.class).single())).contains("not your password");
        find(PasswordField.class).single().setValue("right");
        confirm("Go on");
        assertThat(textOf(find(Ask.class).single())).contains("GEZD GNBV");
        find(TextField.class).withLabel("Code").single().setValue("000000");
        confirm("Go on");
        assertThat(textOf(find(Ask.class).single())).contains("does not fit");
        find(TextField.class).withLabel("Code").single().setValue("123456");
        confirm("Go on");
        assertThat(textOf(find(ShownOnce.class).single())).contains("abcd-efgh-ijkl-0000", "abcd-efgh-ijkl-0011");
        assertThat(textOf(view)).contains("12 of 12 recovery codes left");
    }

    @Test
    void beforeAPasskeyGoesItIsAskedForAndNoPasswordWillDo() {
        var view = at("profile", ProfileView.class);
        press("Remove passkey: Work laptop");
        assertThat(textOf(view)).contains("Work laptop");
        assertThat(hasButton("Use your passkey")).isTrue();
        assertThat(find(PasswordField.class, find(Ask.class).single()).exists()).isFalse();
        own.getObject().proveByPasskey("held"); // As its owner's finger would.
        confirm("Cancel");
        press("Remove passkey: Work laptop");
        assertThat(textOf(view)).doesNotContain("Work laptop").contains("None yet.");
    }

    @Test
    void whoHasAnAppProvesItWithACodeOrTheirPasskey() {
        own.getObject().confirm("123456");
        var view = at("profile", ProfileView.class);
        press("Remove passkey: Work laptop");
        assertThat(textOf(find(Ask.class).single())).contains("Use a passkey instead");
        find(PasswordField.class).withLabel("Code").single().setValue("000000");
        confirm("Go on");
        assertThat(textOf(find(Ask.class).single())).contains("code does not fit");
        find(PasswordField.class).withLabel("Code").single().setValue("123456");
        confirm("Go on");
        assertThat(textOf(view)).doesNotContain("Work laptop").contains("None yet.");
    }

    @Test
    void aDeviceIsForgottenOnceItIsProvenWhoAsks() {
        var view = at("profile", ProfileView.class);
        assertThat(textOf(view)).contains("Known devices", "This one");
        press("Forget device: Chrome on Android");
        assertThat(find(Ask.class).single().isOpened()).isTrue();
        own.getObject().proveByPasskey("held"); // As its owner's finger would.
        confirm("Cancel");
        press("Forget device: Chrome on Android");
        assertThat(labels())
                .contains("Forget device: Firefox on Linux")
                .doesNotContain("Forget device: Chrome on Android");
    }

    @Test
    void ofManyDevicesFiveAreShownUntilAllAreAskedFor() {
        at("profile", ProfileView.class);
        var unknown = "Forget device: Unknown browser or program";
        assertThat(labels()).filteredOn(unknown::equals).hasSize(3);
        press("Show all 7");
        assertThat(labels()).filteredOn(unknown::equals).hasSize(5);
        assertThat(hasButton("Show all 7")).isFalse();
    }

    @Test
    void whoIsCalledSomethingElseByNowSaysSo() {
        at("profile", ProfileView.class);
        press("Change name");
        var name = find(TextField.class).withLabel("Your name").single();
        assertThat(name.getValue()).isEqualTo("Mira Solberg");
        name.setValue(" ");
        confirm("Change name");
        assertThat(textOf(find(Ask.class).single())).contains("A name in plain text");
        name.setValue("Mira Okafor");
        confirm("Change name");
        assertThat(own.getObject().called()).isEqualTo("Mira Okafor");
        assertThat(find(Ask.class).exists()).isFalse();
    }

    @Test
    void thePasswordIsChangedWithTheOldOne() {
        var view = at("profile", ProfileView.class);
        press("Change password");
        find(PasswordField.class).withLabel("Your password").single().setValue("right");
        find(PasswordField.class).withLabel("New password").single().setValue("short");
        confirm("Change password");
        assertThat(textOf(find(Ask.class).single())).contains("at least 12 characters");
        find(PasswordField.class).withLabel("New password").single().setValue("another horse entirely");
        confirm("Change password");
        assertThat(textOf(view)).contains("Password changed").doesNotContain("Safari on iOS");
    }

    @Test
    void whoSaysItWasNotThemEndsTheOthersAndIsLedToANewPassword() {
        var view = at("profile", ProfileView.class);
        press("This wasn’t me: Sign-in from a new device or place");
        confirm("It wasn’t me");
        assertThat(textOf(view)).contains("Not you").doesNotContain("A program");
        assertThat(textOf(find(Ask.class).single())).contains("Your other sessions end");
    }

    @Test
    void aRecoveryCodeThatWasUsedIsToldWithHowManyAreLeft() {
        assertThat(textOf(at("profile", ProfileView.class))).contains("A recovery code was used · 11 left");
    }

    @Test
    void olderNoticesAreAPressAway() {
        own.getObject().wasTold(NoticeKind.PASSKEY_REMOVED);
        var view = at("profile", ProfileView.class);
        assertThat(textOf(view)).doesNotContain("Passkey removed");
        press("Older");
        assertThat(textOf(view)).contains("Sign-in from a new device or place", "Passkey removed");
        assertThat(hasButton("Older")).isFalse();
    }

    @Test
    void whatIsOlderThanAWeekIsToldAndNotDeniedAnyMore() {
        var view = at("profile", ProfileView.class);
        assertThat(textOf(view)).contains("Passkey added");
        assertThat(labels())
                .contains("This wasn’t me: Sign-in from a new device or place")
                .doesNotContain("This wasn’t me: Passkey added");
    }

    private List<String> labels() {
        return find(NativeButton.class).all().stream()
                .map(button -> button.getAriaLabel().orElse(""))
                .toList();
    }

    private void confirm(String verb) {
        test(find(NativeButton.class, find(Ask.class).single()).all().stream()
                        .filter(button -> textOf(button).equals(verb))
                        .findFirst()
                        .orElseThrow())
                .click();
    }
}
