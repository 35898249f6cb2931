package io.velvetastro.screens.door;

import io.velvetastro.questions.AtTheDoor;
import io.velvetastro.questions.AtTheDoor.Over;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/** Leads to the form, and has it say to somebody who was in why they are out: a page that only listened hears of its end when it comes back. */
final class WayBackIn extends LoginUrlAuthenticationEntryPoint {
    private final ObjectProvider<AtTheDoor> door;

    WayBackIn(ObjectProvider<AtTheDoor> door) {
        super("/login");
        this.door = door;
    }

    boolean isForWhoWasIn(HttpServletRequest request) {
        return over(request).isPresent();
    }

    @Override
    protected String determineUrlToUseForThisRequest(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) {
        return over(request)
                .map(over -> getLoginFormUrl() + "?" + over.name().toLowerCase(Locale.ROOT))
                .orElse(getLoginFormUrl());
    }

    private Optional<Over> over(HttpServletRequest request) {
        var session = request.getRequestedSessionId();
        boolean isPage = request.getMethod().equals("GET") && request.getParameter("v-r") == null;
        return session == null || !isPage
                ? Optional.empty()
                : Optional.ofNullable(door.getIfAvailable()).flatMap(known -> known.over(session));
    }
}
