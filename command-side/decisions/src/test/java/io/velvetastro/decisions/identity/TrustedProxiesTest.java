package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.door.Proxies;
import io.velvetastro.language.Network;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class TrustedProxiesTest {
    private static final String PROXY = "192.0.2.1";
    private static final String STRANGER = "203.0.113.7";

    private final TrustedProxies proxies = new TrustedProxies(new Proxies(List.of(Network.of("192.0.2.0/28"))));

    @Test
    void whatATrustedProxySaysOfTheCallerIsBelieved() throws Exception {
        var seen = seen(PROXY, "X-Forwarded-For", STRANGER, "X-Forwarded-Proto", "https");
        assertThat(seen.getRemoteAddr()).isEqualTo(STRANGER);
        assertThat(seen.isSecure()).isTrue();
        assertThat(seen.getScheme()).isEqualTo("https");
    }

    @Test
    void whatAnybodyElseSaysIsNotEvenSeen() throws Exception {
        var seen = seen(
                STRANGER,
                "X-Forwarded-For",
                "198.51.100.1",
                "X-Forwarded-Proto",
                "https",
                "Forwarded",
                "for=198.51.100.1",
                "X-Real-IP",
                "198.51.100.1");
        assertThat(seen.getRemoteAddr()).isEqualTo(STRANGER);
        assertThat(seen.isSecure()).isFalse();
        assertThat(Collections.list(seen.getHeaderNames())).isEmpty();
        assertThat(seen.getHeader("X-Forwarded-For")).isNull();
        assertThat(seen.getHeaders("Forwarded").hasMoreElements()).isFalse();
    }

    @Test
    void whatTheCallerWroteBeforeTheProxyDoesNotCount() throws Exception {
        assertThat(seen(PROXY, "X-Forwarded-For", "10.0.0.1, 198.51.100.1, " + STRANGER)
                        .getRemoteAddr())
                .isEqualTo(STRANGER);
    }

    @Test
    void aChainOfTrustedProxiesIsFollowedToItsFirstStranger() throws Exception {
        assertThat(seen(PROXY, "X-Forwarded-For", "198.51.100.1, " + STRANGER + ", 192.0.2.2")
                        .getRemoteAddr())
                .isEqualTo(STRANGER);
    }

    @Test
    void anUnreadableStepEndsTheWayAtTheProxy() throws Exception {
        assertThat(seen(PROXY, "X-Forwarded-For", STRANGER + ", unknown").getRemoteAddr())
                .isEqualTo(PROXY);
        assertThat(seen(PROXY, "X-Forwarded-For", "").getRemoteAddr()).isEqualTo(PROXY);
        assertThat(seen(PROXY).getRemoteAddr()).isEqualTo(PROXY);
    }

    private HttpServletRequest seen(String peer, String... headers) throws ServletException, IOException {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (int i = 0; i < headers.length; i += 2) request.addHeader(headers[i], headers[i + 1]);
        var chain = new MockFilterChain();
        proxies.doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }
}
