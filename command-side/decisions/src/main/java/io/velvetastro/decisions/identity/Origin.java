package io.velvetastro.decisions.identity;

import io.velvetastro.language.Address;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a sign-in comes from.
 *
 * @param device by what it is known again; a fresh one where it brought none
 */
record Origin(Address address, @Nullable String userAgent, String device, boolean cameWithDevice) {
    private static final int LONGEST_USER_AGENT = 512;

    static Origin of(HttpServletRequest request) {
        var peer = request.getRemoteAddr();
        int zone = peer.indexOf('%');
        var agent = request.getHeader("User-Agent");
        var device = DeviceCookie.in(request);
        return new Origin(
                Address.of(zone < 0 ? peer : peer.substring(0, zone)),
                agent == null
                        ? null
                        : agent.substring(0, Math.min(agent.length(), LONGEST_USER_AGENT))
                                .replaceAll("\\p{Cntrl}", " "),
                device.orElseGet(Secret::fresh),
                device.isPresent());
    }

    @Override
    public String toString() {
        return "Origin";
    }
}
