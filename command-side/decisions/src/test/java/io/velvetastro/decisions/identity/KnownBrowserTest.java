package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Role;
import jakarta.servlet.http.Cookie;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** A browser is known by the form as a program is by the API: who guesses from elsewhere does not keep its owner out. */
class KnownBrowserTest extends Door {
    @Autowired
    MemberAuthentication browsers;

    @Test
    void whoCameInByTheFormIsNotKeptOutByWhoGuesses() {
        var ada = member(organization("Acme"), Role.EMPLOYEE);
        var answer = new MockHttpServletResponse();
        assertThat(form(ada, new MockHttpServletRequest(), answer).isAuthenticated())
                .isTrue();
        assertThat(answer.getHeader("Set-Cookie"))
                .startsWith("velvet-device=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/");
        var device = Objects.requireNonNull(answer.getCookie("velvet-device"));

        int last = 0;
        for (int sender = 1; sender <= 60 && last != 429; sender++)
            last = login(ada.email(), "wrong", "X-Forwarded-For", "2001:db8:ca5e:" + sender + "::1")
                    .status();
        assertThat(last).isEqualTo(429);

        assertThatThrownBy(() -> form(ada, new MockHttpServletRequest(), new MockHttpServletResponse()))
                .as("a browser that nobody knows waits, with the right password too")
                .isInstanceOf(NotNow.class);
        var known = new MockHttpServletRequest();
        known.setCookies(new Cookie(device.getName(), device.getValue()));
        assertThat(form(ada, known, new MockHttpServletResponse()).isAuthenticated())
                .isTrue();
    }

    private Authentication form(Person who, MockHttpServletRequest request, MockHttpServletResponse response) {
        request.setRemoteAddr("2001:db8:ca5f::1");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, response));
        try {
            return browsers.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(who.email(), PASSWORD));
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }
}
