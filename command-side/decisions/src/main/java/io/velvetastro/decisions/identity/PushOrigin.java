package io.velvetastro.decisions.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets no page of another site listen in the name of whoever looks at it: with each handshake a browser says which page asks for it, and scripts cannot change that. */
class PushOrigin extends OncePerRequestFilter {
    private final HouseAddress house;

    PushOrigin(HouseAddress house) {
        this.house = house;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || isOurs(origin, request.getHeader(HttpHeaders.HOST))) rest.doFilter(request, response);
        else response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    /** The page was loaded from where it calls, or from where people find this house, whatever a proxy in between makes of the host. */
    private boolean isOurs(String origin, @Nullable String host) {
        return authority(origin)
                .filter(page -> page.equalsIgnoreCase(host)
                        || page.equalsIgnoreCase(house.url().getAuthority()))
                .isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
