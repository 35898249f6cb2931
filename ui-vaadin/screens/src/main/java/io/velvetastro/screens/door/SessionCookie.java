package io.velvetastro.screens.door;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.stereotype.Component;

/** The one cookie we set: out of scripts' reach, not sent along by other sites' forms, and outside the demo bound to this host and to TLS by its very name. */
@Component
class SessionCookie implements ServletContextInitializer {
    /** Of a browser that nobody has signed in with, twice as long as a second step is waited for; a page that is open keeps it. Who is in has a time of idleness of their own. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final boolean demo;

    SessionCookie(@Value("${velvet.demo.enabled:false}") boolean demo) {
        this.demo = demo;
    }

    @Override
    public void onStartup(ServletContext house) {
        house.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE)); // Never in a link that is copied.
        house.setSessionTimeout((int) IDLE.toMinutes());
        var cookie = house.getSessionCookieConfig();
        cookie.setName(demo ? "velvet-session" : "__Host-velvet-session");
        cookie.setSecure(!demo);
        cookie.setHttpOnly(true);
        cookie.setPath("/");
        cookie.setAttribute("SameSite", "Lax"); // Strict would turn away people who follow a link to an incident.
    }
}
