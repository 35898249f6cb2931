package io.velvetastro.screens.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.dom.Element;
import io.velvetastro.screens.testing.FakeDoor;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

class LoginViewTest extends ScreenTest {

    @Autowired
    FakeDoor door;

    @BeforeEach
    void nobodyIsSignedIn() {
        door.takesPasskey = false;
        SecurityContextHolder.clearContext();
    }

    @Test
    void theFormPostsToTheSessionAndTheServerNeverHoldsThePassword() {
        var elements = all(at("login", LoginView.class).getElement()).toList();
        var form = elements.stream()
                .filter(element -> element.getTag().equals("form"))
                .findFirst()
                .orElseThrow();
        assertThat(form.getAttribute("method")).isEqualTo("post");
        assertThat(form.getAttribute("action")).isEqualTo("session");
        var inputs = elements.stream()
                .filter(element -> element.getTag().equals("input"))
                .toList();
        assertThat(inputs).extracting(input -> input.getAttribute("name")).contains("email", "password");
        assertThat(inputs)
                .allSatisfy(input -> assertThat(input.getPropertyNames())
                        .as("no property is synchronised")
                        .isEmpty());
        assertThat(inputs)
                .extracting(input -> input.getAttribute("autocomplete"))
                .isEqualTo(List.of("username", "current-password"));
    }

    @Test
    void aPasswordIsMaskedAndMayBePasted() {
        var password = all(at("login", LoginView.class).getElement())
                .filter(element -> "password".equals(element.getAttribute("name")))
                .findFirst()
                .orElseThrow();
        assertThat(password.getAttribute("type")).isEqualTo("password");
        assertThat(password.getAttributeNames())
                .as("nothing listens to what is done to it")
                .noneMatch(name -> name.startsWith("on"))
                .doesNotContain("readonly", "disabled");
    }

    @ParameterizedTest
    @CsvSource({
        "login?late,Begin again",
        "login?code&error,used before",
        "login?code&busy,Wait a minute",
        "login?error,go together",
        "login?busy,Wait a minute",
        "login?ended,session has ended",
        "login?idle,signed out after 30 minutes without use",
        "login?joined,one more organisation"
    })
    void aFailureIsSaidWithoutBlame(String address, String words) {
        assertThat(textOf(at(address, LoginView.class))).contains(words);
    }

    @Test
    void theSecondStepAsksForACodeAndNothingElse() {
        var inputs = all(at("login?code", LoginView.class).getElement())
                .filter(element -> element.getTag().equals("input"))
                .toList();
        assertThat(inputs).extracting(input -> input.getAttribute("name")).containsExactly("code");
        assertThat(inputs.getFirst().getAttribute("autocomplete")).isEqualTo("one-time-code");
        assertThat(inputs.getFirst().getPropertyNames()).isEmpty();
        assertThat(textOf(at("login?code&recovery", LoginView.class))).contains("recovery code");
    }

    @Test
    void whoseSecondStepIsAPasskeyIsAskedForThatAndTypesNothing() {
        door.takesPasskey = true;
        var view = at("login?code", LoginView.class);
        assertThat(textOf(view)).contains("Your password was right", "Use a passkey");
        assertThat(all(view.getElement()))
                .filteredOn(element -> element.getTag().equals("input"))
                .isEmpty();
        assertThat(all(view.getElement())).anyMatch(element -> element.hasAttribute("data-passkey"));
    }

    @Test
    void theDemoNamesItsPublicSignIn() {
        assertThat(textOf(at("login", LoginView.class))).contains("admin@velvet.com");
    }

    @Test
    void whoIsSignedInGoesOn() {
        signedInAs(io.velvetastro.language.Role.ORG_ADMIN);
        UI.getCurrent().navigate("login");
        assertThat(UI.getCurrent().getActiveViewLocation().getPath()).isEqualTo("dashboard");
    }

    private static Stream<Element> all(Element element) {
        return Stream.concat(
                Stream.of(element),
                element.getChildren().filter(child -> !child.isTextNode()).flatMap(LoginViewTest::all));
    }
}
