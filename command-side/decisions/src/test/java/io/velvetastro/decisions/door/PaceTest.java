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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;
    private final AtomicLong nanos = new AtomicLong();
    private final Pace pace = new Pace(2, 5, nanos::get, new JsonMapper());
    private final TenantId busy = new TenantId(UUID.randomUUID());
    private final TenantId calm = new TenantId(UUID.randomUUID());

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    /** Each time somebody else of that organisation. */
    private MockHttpServletResponse ask(TenantId tenant, String path) throws Exception {
        return ask(tenant, new MemberId(UUID.randomUUID()), path);
    }

    private MockHttpServletResponse ask(TenantId tenant, MemberId who, String path) throws Exception {
        var caller = new Caller(tenant, who, Role.EMPLOYEE, "N", "n@example.org", "O", Plan.FREE);
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(caller, ""));
        return ask(path);
    }

    private MockHttpServletResponse ask(String path) throws Exception {
        var response = new MockHttpServletResponse();
        pace.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response;
    }

    @Test
    void whoeverInAnOrganisationAsksTooFastIsToldWhenToComeBack() throws Exception {
        for (int i = 0; i < 5; i++)
            assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(200);
        var refused = ask(busy, "/api/v1/incidents");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getHeader("RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.getContentAsString()).contains("too-many-requests");
    }

    @Test
    void theOthersKeepTheirShare() throws Exception {
        for (int i = 0; i < 20; i++) ask(busy, "/api/v1/incidents");
        assertThat(ask(calm, "/api/v1/incidents").getStatus()).isEqualTo(200);
    }

    @Test
    void timeGivesBackAndNoMoreThanThereWas() throws Exception {
        for (int i = 0; i < 6; i++) ask(busy, "/api/v1/incidents");
        nanos.addAndGet(SECOND);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(200);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(200);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(429);
        nanos.addAndGet(1_000 * SECOND);
        for (int i = 0; i < 5; i++)
            assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(200);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(429);
    }

    @Test
    void whatIsAskedInAnotherProcessIsAskedHereToo() throws Exception {
        ask(busy, "/api/v1/incidents");
        assertThat(pace.spent()).containsExactly(java.util.Map.entry(busy, 1L));
        pace.heard(busy, 4);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(429);
        pace.heard(busy, 1_000);
        nanos.addAndGet(2 * SECOND);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(200);
        assertThat(pace.spent()).containsExactly(java.util.Map.entry(busy, 2L));
    }

    @Test
    void logsComeInPastIt() throws Exception {
        for (int i = 0; i < 20; i++)
            assertThat(ask(busy, "/api/v1/monitor/events").getStatus()).isEqualTo(200);
    }

    @Test
    void oneCallerDoesNotSilenceTheirColleagues() throws Exception {
        var loop = new MemberId(UUID.randomUUID());
        for (int i = 0; i < 2; i++)
            assertThat(ask(busy, loop, "/api/v1/auth/me").getStatus()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            var refused = ask(busy, loop, "/api/v1/auth/me");
            assertThat(refused.getStatus()).isEqualTo(429);
            assertThat(refused.getContentAsString()).contains("You ask more than 1 times");
        }
        assertThat(ask(busy, "/api/v1/defense/blocklist").getStatus()).isEqualTo(200);
    }

    @Test
    void whoShowsNoTokenIsCountedByTheirAddress() throws Exception {
        for (var path : List.of("/api/v1/auth/refresh", "/v3/api-docs"))
            assertThat(stranger("198.51.100.7", path).getStatus()).isEqualTo(200);
        var refused = stranger("198.51.100.7", "/api/v1/forensics/tile/0/x");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(stranger("198.51.100.8", "/api/v1/auth/refresh").getStatus()).isEqualTo(200);
        assertThat(ask(busy, "/api/v1/incidents").getStatus()).isEqualTo(200);
    }

    @Test
    void allAddressesOfOneIpv6NetworkAreOneSender() throws Exception {
        for (var address : List.of("2001:db8:7:1::1", "2001:db8:7:1:ffff::2%eth0"))
            assertThat(stranger(address, "/api/v1/auth/refresh").getStatus()).isEqualTo(200);
        assertThat(stranger("2001:db8:7:1:8::3", "/api/v1/auth/refresh").getStatus())
                .isEqualTo(429);
        assertThat(stranger("2001:db8:7:2::1", "/api/v1/auth/refresh").getStatus())
                .as("the network beside it")
                .isEqualTo(200);
    }

    @Test
    void whatIsSaidToBeLeftIsOfWhatWillRefuseFirst() throws Exception {
        var loop = new MemberId(UUID.randomUUID());
        for (var left : List.of("1", "0")) {
            var answer = ask(busy, loop, "/api/v1/incidents");
            assertThat(answer.getStatus()).isEqualTo(200);
            assertThat(answer.getHeader("RateLimit-Limit")).isEqualTo("2");
            assertThat(answer.getHeader("RateLimit-Remaining")).isEqualTo(left);
        }
        assertThat(ask(busy, loop, "/api/v1/incidents").getStatus()).isEqualTo(429);
        for (int i = 0; i < 2; i++) ask(busy, "/api/v1/incidents");
        var last = ask(busy, "/api/v1/incidents");
        assertThat(last.getHeader("RateLimit-Limit")).as("the organisation's").isEqualTo("5");
        assertThat(last.getHeader("RateLimit-Remaining")).isEqualTo("0");
    }

    private MockHttpServletResponse stranger(String address, String path) throws Exception {
        SecurityContextHolder.clearContext();
        var request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr(address);
        var response = new MockHttpServletResponse();
        pace.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
