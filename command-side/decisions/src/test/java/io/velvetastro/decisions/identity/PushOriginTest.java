package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A page of another site opens no push connection with the cookie of whoever looks at it. */
class PushOriginTest {
    private final PushOrigin door =
            new PushOrigin(new HouseAddress("https://velvet.example.org", new MockEnvironment()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://velvet.example.org.evil.example",
                "https://velvet.example.org:8443",
                "null",
                "not an address"
            })
    void aPageOfAnotherSiteIsTurnedAway(String origin) throws Exception {
        assertThat(handshake(origin, "10.0.0.7:8080")).isEqualTo(403);
    }

    @Test
    void ourOwnPagesListenWhateverAProxyMakesOfTheHost() throws Exception {
        assertThat(handshake("https://velvet.example.org", "10.0.0.7:8080")).isEqualTo(200);
        assertThat(handshake("http://localhost:8080", "localhost:8080")).isEqualTo(200);
    }

    @Test
    void whatIsNoBrowserSaysNoOriginAndHasNobodysCookie() throws Exception {
        assertThat(handshake(null, "localhost:8080")).isEqualTo(200);
    }

    private int handshake(@Nullable String origin, String host) throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/VAADIN/push");
        request.addHeader("Upgrade", "websocket");
        request.addHeader("Host", host);
        if (origin != null) request.addHeader("Origin", origin);
        var answer = new MockHttpServletResponse();
        door.doFilter(request, answer, new MockFilterChain());
        return answer.getStatus();
    }
}
