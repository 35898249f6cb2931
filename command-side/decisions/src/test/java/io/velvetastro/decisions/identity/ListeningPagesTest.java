package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Organizations;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** A page that only listens is told to end when its member's role, lock or sign-out says so, without asking anything. */
class ListeningPagesTest extends Door {
    @Autowired
    BrowserSessions browsers;

    @Autowired
    Organizations organizations;

    private TenantId ours;
    private Person grace;
    private SignedIn who;
    private final MockHttpSession page = new MockHttpSession();

    @BeforeEach
    void graceListens() {
        ours = organization("Ours");
        grace = member(ours, Role.ORG_ADMIN);
        who = sessions.begin(grace.member(), ours, Sessions.Coming.by(Sessions.Kind.BROWSER));
        page.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl(who));
        browsers.sessionCreated(new HttpSessionEvent(page));
    }

    @AfterEach
    void nobodyListens() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void whileNothingChangesItListensOn() {
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isFalse();
    }

    @Test
    void anotherRoleEndsIt() {
        people.give(grace.member(), ours, Role.EMPLOYEE);
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isTrue();
    }

    @Test
    void aLockEndsIt() {
        people.disable(grace.member());
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isTrue();
    }

    @Test
    void aSignOutElsewhereEndsIt() {
        sessions.end(who.session(), "test");
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isTrue();
    }

    @Test
    void aNewNameAndAnotherPlanAreSeenAtTheNextRequestAndEndNothing() throws Exception {
        db.sql("update identity.organization set name = 'Renamed', plan = 'ENTERPRISE' where id = ?")
                .param(ours.value())
                .update();
        db.sql("update identity.member set name = 'Grace Hopper' where id = ?")
                .param(grace.member().value())
                .update();
        var seen = new AtomicReference<@Nullable Object>();
        asks(
                "/dashboard",
                () -> seen.set(
                        SecurityContextHolder.getContext().getAuthentication().getPrincipal()));
        assertThat(seen.get()).isEqualTo(whoIsIn().getPrincipal());
        assertThat(whoIsIn().getPrincipal().organization()).isEqualTo("Renamed");
        assertThat(whoIsIn().getPrincipal().plan()).isEqualTo(Plan.ENTERPRISE);
        assertThat(whoIsIn().getPrincipal().name()).isEqualTo("Grace Hopper");
        assertThat(whoIsIn().session()).isEqualTo(who.session());
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isFalse();
    }

    @Test
    void whoWasRenamedMeanwhileStillGoesOnInAnotherOrganisation() throws Exception {
        db.sql("update identity.member set name = 'Grace Hopper' where id = ?")
                .param(grace.member().value())
                .update();
        asks("/dashboard", () -> {});
        var theirs = organization("Theirs");
        people.join(theirs, grace.member(), Role.EMPLOYEE);
        SecurityContextHolder.getContext().setAuthentication(who); // As an open page still has them.
        organizations.enter(who.getPrincipal(), theirs);
        assertThat(whoIsIn().getPrincipal().tenant()).isEqualTo(theirs);
    }

    @Test
    void whoGoesOnInAnotherOrganisationListensThereUnderANewSession() {
        var theirs = organization("Theirs");
        people.join(theirs, grace.member(), Role.EMPLOYEE);
        SecurityContextHolder.getContext().setAuthentication(who);
        organizations.enter(who.getPrincipal(), theirs);
        var after = whoIsIn();
        assertThat(after.getPrincipal().tenant()).isEqualTo(theirs);
        assertThat(after.getPrincipal().role()).isEqualTo(Role.EMPLOYEE);
        assertThat(sessions.standing(who.session())).isEmpty();
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isFalse();
    }

    private SignedIn whoIsIn() {
        return (SignedIn) ((SecurityContextImpl)
                        page.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY))
                .getAuthentication();
    }

    private void asks(String path, Runnable inside) throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", path);
        request.setSession(page);
        browsers.doFilter(request, new MockHttpServletResponse(), (asked, answer) -> inside.run());
    }
}
