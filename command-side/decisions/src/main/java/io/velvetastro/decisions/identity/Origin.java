package io.velvetastro.decisions.identity;

import io.velvetastro.language.Address;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Where a sign-in comes from. */
record Origin(Address address, @Nullable String userAgent) {
    private static final int LONGEST_USER_AGENT = 512;

    static Origin of(HttpServletRequest request) {
        var peer = request.getRemoteAddr();
        int zone = peer.indexOf('%');
        var agent = request.getHeader("User-Agent");
        return new Origin(
                Address.of(zone < 0 ? peer : peer.substring(0, zone)),
                agent == null
                        ? null
                        : agent.substring(0, Math.min(agent.length(), LONGEST_USER_AGENT))
                                .replaceAll("\\p{Cntrl}", " "));
    }
}
