package io.velvetastro.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The demo has a documented password, so it answers this machine alone: nothing that came through a proxy, nothing that was addressed to another host. */
@Component
@Profile("demo")
@Order(Ordered.HIGHEST_PRECEDENCE)
class DemoDoor extends OncePerRequestFilter {
    private static final Set<String> HOME = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        if (cameThroughAProxy(request)) {
            refuse(response, "The demo answers this machine only and refuses requests with forwarding headers.");
        } else if (!HOME.contains(
                request.getServerName())) { // A page elsewhere may point its own name at this machine.
            refuse(response, "The demo answers to the name localhost only.");
        } else {
            rest.doFilter(request, response);
        }
    }

    private static boolean cameThroughAProxy(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name ->
                        name.equals("forwarded") || name.equals("x-real-ip") || name.startsWith("x-forwarded-"));
    }

    private static void refuse(HttpServletResponse response, String detail) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/problem+json");
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"" + detail
                        + "\"}");
    }
}
