package io.velvetastro.screens.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Role;
import io.velvetastro.screens.shell.NotAllowedView;
import io.velvetastro.screens.testing.ScreenTest;
import org.junit.jupiter.api.Test;

class OutboxViewTest extends ScreenTest {

    @Test
    void lettersThatNothingSendsAreReadHere() {
        signedInAgainAs(Role.SUPER_ADMIN);
        var view = at("outbox", OutboxView.class);
        assertThat(textOf(view))
                .contains("ada@example.org", "Password reset", "Sent")
                .doesNotContain("reset#");
        press("Read the letter to ada@example.org");
        assertThat(textOf(find(LetterDialog.class).single())).contains("reset#abc", "on the record");
    }

    @Test
    void onlyWhoRunsTheHouseReadsThem() {
        signedInAgainAs(Role.ORG_ADMIN);
        com.vaadin.flow.component.UI.getCurrent().navigate("outbox");
        assertThat(find(NotAllowedView.class).exists()).isTrue();
    }
}
