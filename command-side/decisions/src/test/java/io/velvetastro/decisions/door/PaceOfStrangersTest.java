package io.velvetastro.decisions.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

class PaceOfStrangersTest {
    private static final String HERE = "198.51.100.7";
    private final AtomicLong nanos = new AtomicLong();
    private final PaceOfStrangers pace = new PaceOfStrangers(2, 5, nanos::get);

    @Test
    void whoAsksForPagesWithoutEndIsToldWhenToComeBack() throws Exception {
        for (var page : List.of("/login", "/dashboard", "/", "/no-such-page", "/join"))
            assertThat(ask(page).getStatus()).as(page).isEqualTo(200);
        var refused = ask("/login");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getHeader("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(refused.getContentAsString()).contains("Try again");
        nanos.addAndGet(1_000_000_000L);
        assertThat(ask("/login").getStatus()).as("a second later").isEqualTo(200);
    }

    @Test
    void anotherAddressHasItsOwnShare() throws Exception {
        askTooMuch();
        assertThat(ask(from("198.51.100.8", "/login")).getStatus()).isEqualTo(200);
    }

    @Test
    void whoHasSignedInIsNoStrangerHowManyOthersThereAreBehindTheirAddress() throws Exception {
        askTooMuch();
        var signedIn = from(HERE, "/dashboard");
        signedIn.setSession(sessionOf(new Caller(
                new TenantId(UUID.randomUUID()),
                new MemberId(UUID.randomUUID()),
                Role.EMPLOYEE,
                "N",
                "n@example.org",
                "O",
                Plan.FREE)));
        assertThat(ask(signedIn).getStatus()).isEqualTo(200);
        var stranger = from(HERE, "/dashboard");
        stranger.setSession(sessionOf("anonymousUser"));
        assertThat(ask(stranger).getStatus()).as("a session alone is no pass").isEqualTo(429);
    }

    @Test
    void filesHealthAndWhatProgramsAskAreNotCountedHere() throws Exception {
        askTooMuch();
        for (var path : List.of(
                "/VAADIN/build/indexhtml-1.js",
                "/velvet/tokens.css",
                "/favicon.ico",
                "/actuator/health/readiness",
                "/api/v1/incidents",
                "/v3/api-docs")) assertThat(ask(path).getStatus()).as(path).isEqualTo(200);
    }

    @Test
    void whatVaadinAnswersIsCountedWhateverPathItNames() throws Exception {
        askTooMuch();
        var init = from(HERE, "/velvet/tokens.css");
        init.setParameter("v-r", "init");
        assertThat(ask(init).getStatus()).isEqualTo(429);
        var push = from(HERE, "/VAADIN/push");
        assertThat(ask(push).getStatus()).isEqualTo(429);
    }

    private void askTooMuch() throws Exception {
        int last = 0;
        for (int i = 0; i < 6; i++) last = ask("/login").getStatus();
        assertThat(last).isEqualTo(429);
    }

    private static MockHttpSession sessionOf(Object who) {
        var session = new MockHttpSession();
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(new TestingAuthenticationToken(who, "")));
        return session;
    }

    private MockHttpServletResponse ask(String path) throws Exception {
        return ask(from(HERE, path));
    }

    private static MockHttpServletRequest from(String address, String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr(address);
        return request;
    }

    private MockHttpServletResponse ask(MockHttpServletRequest request) throws Exception {
        var response = new MockHttpServletResponse();
        pace.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
