package io.velvetastro.screens.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.server.VaadinSession;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Open pages end where the session is somebody else's from now on, and nowhere else. */
class ChangedHandsTest extends ScreenTest {
    private static final String WHO = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    private static final Caller MIRA = Sample.caller(Role.IT_SECURITY);

    @Test
    void whoIsCalledSomethingElseOrHasAnotherPlanKeepsTheirPages() {
        assertThat(endsPages(new Caller(
                        MIRA.tenant(), MIRA.member(), MIRA.role(), "Mira Okafor", MIRA.email(), "Bright", Plan.FREE)))
                .isFalse();
    }

    @Test
    void whoGoesOnInAnotherOrganisationDoesNot() {
        assertThat(endsPages(new Caller(
                        new TenantId(UUID.randomUUID()),
                        MIRA.member(),
                        MIRA.role(),
                        MIRA.name(),
                        MIRA.email(),
                        "Elsewhere",
                        MIRA.plan())))
                .isTrue();
    }

    /** Whether the open pages of a browser are about to end once its session is that caller's. */
    private static boolean endsPages(Caller after) {
        var browser = new MockHttpSession();
        browser.setAttribute("pages", VaadinSession.getCurrent());
        browser.setAttribute(WHO, of(after));
        new ChangedHands().attributeReplaced(new HttpSessionBindingEvent(browser, WHO, of(MIRA)));
        var ending = VaadinSession.getCurrent().getPendingAccessQueue();
        boolean ends = !ending.isEmpty();
        ending.clear(); // They are this test's own pages.
        return ends;
    }

    private static SecurityContext of(Caller caller) {
        return new SecurityContextImpl(new TestingAuthenticationToken(caller, "", "ROLE_USER"));
    }
}
