package io.velvetastro.decisions.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class SessionsOfStrangersTest {
    private final SessionsOfStrangers strangers = new SessionsOfStrangers(5);

    @AfterEach
    void nobodyAsks() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void forOneTooManyTheOldestEnds() {
        var opened = open("198.51.100.7", 7);
        assertThat(opened)
                .extracting(MockHttpSession::isInvalid)
                .containsExactly(true, true, false, false, false, false, false);
        assertThat(strangers.count()).isEqualTo(5);
    }

    @Test
    void whoOpensThemByTheThousandLosesTheirOwn() {
        var typing = open("203.0.113.1", 1).getFirst();
        var opened = open("198.51.100.7", 1_000);
        assertThat(typing.isInvalid()).isFalse();
        assertThat(opened.stream().filter(one -> !one.isInvalid())).hasSize(4);
        assertThat(strangers.count()).isEqualTo(5);
    }

    @Test
    void allAddressesOfOneIpv6NetworkAreOneSender() {
        var typing = open("203.0.113.1", 2);
        for (int host = 1; host <= 20; host++) open("2001:db8:7:1::" + host, 1);
        assertThat(typing).noneMatch(MockHttpSession::isInvalid);
    }

    @Test
    void whoHasSignedInStaysHoweverManyComeAfterThem() {
        var session = open("198.51.100.7", 1).getFirst();
        strangers.attributeAdded(new HttpSessionBindingEvent(
                session,
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(new TestingAuthenticationToken(
                        new Caller(
                                new TenantId(UUID.randomUUID()),
                                new MemberId(UUID.randomUUID()),
                                Role.EMPLOYEE,
                                "N",
                                "n@example.org",
                                "O",
                                Plan.FREE),
                        ""))));
        open("198.51.100.7", 20);
        assertThat(session.isInvalid()).isFalse();
    }

    @Test
    void aSessionThatIsOverMakesRoom() {
        var opened = open("198.51.100.7", 5);
        opened.forEach(over -> strangers.sessionDestroyed(new HttpSessionEvent(over)));
        assertThat(strangers.count()).isZero();
        assertThat(open("198.51.100.7", 5)).noneMatch(MockHttpSession::isInvalid);
    }

    @Test
    void aSessionThatEndedMeanwhileIsNoObstacle() {
        open("198.51.100.7", 5).getFirst().invalidate();
        assertThat(open("198.51.100.7", 1)).noneMatch(MockHttpSession::isInvalid);
    }

    private List<MockHttpSession> open(String address, int howMany) {
        var request = new MockHttpServletRequest("GET", "/login");
        request.setRemoteAddr(address);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        var opened = new ArrayList<MockHttpSession>();
        for (int i = 0; i < howMany; i++) {
            var session = new MockHttpSession();
            opened.add(session);
            strangers.sessionCreated(new HttpSessionEvent(session));
        }
        return opened;
    }
}
