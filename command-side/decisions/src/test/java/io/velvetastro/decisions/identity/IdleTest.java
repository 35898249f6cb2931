package io.velvetastro.decisions.identity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.identity.Sessions.Coming;
import io.velvetastro.decisions.identity.Sessions.Kind;
import io.velvetastro.language.Role;
import io.velvetastro.questions.AtTheDoor.Over;
import io.velvetastro.questions.OwnAccount;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Who walks away is signed out after half an hour, whatever the page they left open goes on doing; who stays is not, until the session has lasted its time. */
class IdleTest extends Door {
    private static final Duration ALMOST = Duration.ofMinutes(29);
    private static final Duration LONGER = Duration.ofMinutes(32);

    @Autowired
    BrowserSessions browsers;

    @Autowired
    OwnAccount own;

    private Person grace;
    private SignedIn who;
    private final MockHttpSession page = new MockHttpSession();

    @BeforeEach
    void graceIsIn() {
        grace = member(organization("Acme"), Role.ORG_ADMIN);
        who = sessions.begin(grace.member(), grace.organization(), Coming.by(Kind.BROWSER));
        page.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl(who));
    }

    @AfterEach
    void nobodyIsIn() {
        SecurityContextHolder.clearContext();
        browsers.sessionDestroyed(new HttpSessionEvent(page));
    }

    @Test
    void aProgramThatWasSilentForHalfAnHourSignsInAgain() {
        var pair = tokens.first(sessions.begin(grace.member(), grace.organization(), Coming.by(Kind.API)));
        for (int time = 0; time < 3; time++) {
            clock.turnOn(ALMOST);
            pair = ((Tokens.Refreshed.Renewed) tokens.refresh(pair.refreshToken())).pair();
        }
        clock.turnOn(LONGER);
        var late = post("/api/v1/auth/refresh", "{\"refreshToken\":\"" + pair.refreshToken() + "\"}");
        assertThat(late.status()).isEqualTo(401);
    }

    @Test
    void aSessionInUseLastsItsTimeAndNoLonger() {
        for (var lasted = ALMOST; lasted.compareTo(Sessions.BROWSER) < 0; lasted = lasted.plus(ALMOST)) {
            clock.turnOn(ALMOST);
            assertThat(sessions.standing(who.session())).as("after " + lasted).isPresent();
        }
        clock.turnOn(ALMOST);
        assertThat(sessions.standing(who.session())).isEmpty();
    }

    @Test
    void useIsWrittenOnceAMinuteAtMost() {
        var first = lastSeen();
        clock.turnOn(Duration.ofSeconds(1));
        sessions.standing(who.session());
        assertThat(lastSeen()).isEqualTo(first);
        clock.turnOn(Duration.ofMinutes(1));
        sessions.standing(who.session());
        assertThat(lastSeen()).isAfter(first);
    }

    @Test
    void whatAPageAsksByItselfIsNoUse() throws Exception {
        for (int minute = 0; minute < 30; minute += 10) {
            for (var call : new String[] {"heartbeat", "push", "uidl"})
                assertThat(ask("/dashboard", call).getStatus()).isEqualTo(200);
            clock.turnOn(Duration.ofMinutes(10));
        }
        clock.turnOn(Duration.ofMinutes(2));
        ask("/dashboard", "heartbeat");
        assertThat(page.isInvalid()).isTrue();
        assertThat(browsers.over(page.getId())).contains(Over.IDLE);
    }

    @Test
    void whoIsAtThePageOrOpensAnotherStaysIn() throws Exception {
        clock.turnOn(ALMOST);
        browsers.sessionCreated(new HttpSessionEvent(page));
        SecurityContextHolder.getContext().setAuthentication(who);
        own.stillHere();
        clock.turnOn(ALMOST);
        assertThat(ask("/incidents", null).getStatus()).isEqualTo(200);
        clock.turnOn(ALMOST);
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isFalse();
    }

    @Test
    void aPageThatOnlyListensHearsNothingAfterIt() {
        browsers.sessionCreated(new HttpSessionEvent(page));
        clock.turnOn(LONGER);
        browsers.endThoseThatAreOver();
        assertThat(page.isInvalid()).isTrue();
        assertThat(browsers.over(page.getId())).contains(Over.IDLE);
        assertThat(db.sql("select ended_why from identity.session where id = ?")
                        .param(who.session())
                        .query(String.class)
                        .single())
                .isEqualTo("not used");
    }

    @Test
    void whoComesBackIsToldWhyAndGoesOnWhereTheyWere() throws Exception {
        clock.turnOn(LONGER);
        var request = new MockHttpServletRequest("GET", "/incidents");
        request.setQueryString("severity=high");
        request.setSession(page);
        var answer = new MockHttpServletResponse();
        browsers.doFilter(request, answer, new MockFilterChain());
        assertThat(answer.getRedirectedUrl()).isEqualTo("/login?idle");
        var wanted = requireNonNull(new HttpSessionRequestCache().getRequest(request, answer));
        assertThat(wanted.getRedirectUrl()).contains("/incidents?severity=high");
    }

    @Test
    void whoWasShownOutIsNotToldThatTheyWereIdle() throws Exception {
        people.disable(grace.member());
        assertThat(ask("/incidents", null).getRedirectedUrl()).isEqualTo("/login?ended");
    }

    @Test
    void nothingIsAskedForFilesThatAreTheSameForEverybody() throws Exception {
        sessions.end(who.session(), "test");
        for (var file : new String[] {"/VAADIN/build/indexhtml.js", "/velvet/shell.js", "/favicon.ico"})
            assertThat(ask(file, null).getStatus()).as(file).isEqualTo(200);
        assertThat(page.isInvalid()).isFalse();
        ask("/VAADIN/dynamic/resource/1/x/record.csv", null);
        assertThat(page.isInvalid()).as("somebody's own").isTrue();
    }

    @Test
    void aCallOfAPageIsLookedAtWhereverItIsSent() throws Exception {
        sessions.end(who.session(), "test");
        ask("/velvet/shell.js", "uidl");
        assertThat(page.isInvalid()).isTrue();
    }

    @Test
    void whatIsSentToAFileIsLookedAtToo() throws Exception {
        sessions.end(who.session(), "test");
        var request = new MockHttpServletRequest("POST", "/velvet/shell.js");
        request.setSession(page);
        browsers.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        assertThat(page.isInvalid()).isTrue();
    }

    private MockHttpServletResponse ask(String path, @Nullable String call) throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", path);
        if (call != null) request.setParameter("v-r", call);
        request.setSession(page);
        var answer = new MockHttpServletResponse();
        browsers.doFilter(request, answer, new MockFilterChain());
        return answer;
    }

    private OffsetDateTime lastSeen() {
        return db.sql("select last_seen_at from identity.session where id = ?")
                .param(who.session())
                .query(OffsetDateTime.class)
                .single();
    }
}
