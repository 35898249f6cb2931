package io.velvetastro.screens.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.dom.Element;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages before the door: each is one form that goes straight to the house. */
class WayInTest extends ScreenTest {

    @BeforeEach
    void nobodyIsSignedIn() {
        org.springframework.security.core.context.SecurityContextHolder.clearContext();
    }

    @Test
    void registeringAsksForNoPassword() {
        var view = at("register", RegisterView.class);
        assertThat(form(view).getAttribute("data-call")).isEqualTo("api/v1/auth/register");
        assertThat(inputs(view))
                .extracting(it -> it.getAttribute("name"))
                .containsExactly("organization", "name", "email");
    }

    @Test
    void aHouseThatSendsNoMailSaysWhereTheLetterIs() {
        assertThat(textOf(at("forgot", ForgotView.class))).contains("finds the letter under Letters");
    }

    @Test
    void aPasswordIsChosenInABrowserAlone() {
        for (var view : new Component[] {at("verify", VerifyView.class), at("reset", ResetView.class)}) {
            assertThat(form(view).getAttribute("data-call")).startsWith("api/v1/auth/");
            assertThat(form(view).hasAttribute("data-gone")).isTrue();
            assertThat(inputs(view)).hasSize(1);
            assertThat(inputs(view).getFirst().getAttribute("autocomplete")).isEqualTo("new-password");
            assertThat(inputs(view).getFirst().getPropertyNames()).isEmpty();
        }
    }

    private static Element form(Component view) {
        return all(view.getElement())
                .filter(it -> it.getTag().equals("form"))
                .findFirst()
                .orElseThrow();
    }

    private static java.util.List<Element> inputs(Component view) {
        return all(view.getElement()).filter(it -> it.getTag().equals("input")).toList();
    }

    private static Stream<Element> all(Element element) {
        return Stream.concat(
                Stream.of(element),
                element.getChildren().filter(child -> !child.isTextNode()).flatMap(WayInTest::all));
    }
}
