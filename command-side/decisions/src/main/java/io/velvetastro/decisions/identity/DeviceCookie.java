package io.velvetastro.decisions.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** By what a browser or program is known again that somebody has signed in with. It opens nothing: it only says whose tries are counted. */
final class DeviceCookie {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{" + Secret.LENGTH + "}");
    private static final Duration LASTS = Duration.ofDays(400); // Browsers keep none longer.

    private DeviceCookie() {}

    static Optional<String> in(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name(request)))
                .map(cookie -> cookie.getValue())
                .filter(value -> SHAPE.matcher(value).matches())
                .findFirst();
    }

    /** For a caller who has just signed in, and for nobody else. */
    static void give(HttpServletRequest request, HttpServletResponse response, String device) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name(request), device)
                        .path("/")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Strict")
                        .maxAge(LASTS)
                        .build()
                        .toString());
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? "__Host-velvet-device" : "velvet-device";
    }
}
