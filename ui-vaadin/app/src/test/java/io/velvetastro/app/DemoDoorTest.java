package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DemoDoorTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/login");

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-FORWARDED-PROTO", "X-Real-IP"})
    void theDemoRefusesWhatCameThroughAProxy(String header) throws Exception {
        request.addHeader(header, "203.0.113.9");
        assertThat(statusAtTheDoor()).isEqualTo(403);
    }

    @Test
    void theDemoRefusesAPageThatPointedItsOwnNameHere() throws Exception {
        request.setServerName("evil.example");
        assertThat(statusAtTheDoor()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void theDemoAnswersThisMachine(String name) throws Exception {
        request.setServerName(name);
        assertThat(statusAtTheDoor()).isEqualTo(200);
    }

    private int statusAtTheDoor() throws Exception {
        var response = new MockHttpServletResponse();
        new DemoDoor().doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }
}
