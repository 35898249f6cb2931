package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.door.Proxies;
import io.velvetastro.language.Address;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Believes what a request says about its way here only as far as proxies we trust have written it. From anybody else the forwarding headers are gone before someone can read them: an attacker must not
 * choose the address that is counted, recorded and blocked.
 */
class TrustedProxies extends OncePerRequestFilter {
    private final Proxies trusted;

    TrustedProxies(Proxies trusted) {
        this.trusted = trusted;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        rest.doFilter(isTrusted(request.getRemoteAddr()) ? new Forwarded(request) : new Direct(request), response);
    }

    private boolean isTrusted(String peer) {
        return address(peer).filter(trusted::include).isPresent();
    }

    private static Optional<Address> address(String text) {
        int zone = text.indexOf('%');
        try {
            return Optional.of(Address.of(zone < 0 ? text : text.substring(0, zone)));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static boolean isAboutTheWay(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return name.equals("forwarded") || name.equals("x-real-ip") || name.startsWith("x-forwarded-");
    }

    /** Nobody we trust stands in between: whatever such headers say, the caller wrote it. */
    private static class Direct extends HttpServletRequestWrapper {
        Direct(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isAboutTheWay(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isAboutTheWay(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !isAboutTheWay(name))
                    .toList());
        }
    }

    /** The last address in X-Forwarded-For that is no proxy of ours is the caller; what stands before it anybody may have written. */
    private final class Forwarded extends Direct {
        private final String remote;
        private final boolean secure;

        Forwarded(HttpServletRequest request) {
            super(request);
            var way = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                    .flatMap(line -> Arrays.stream(line.split(",")))
                    .map(String::strip)
                    .toList()
                    .reversed();
            this.remote = way.stream()
                    .takeWhile(step -> address(step).isPresent())
                    .filter(step -> !isTrusted(step))
                    .findFirst()
                    .orElse(request.getRemoteAddr());
            this.secure = "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        }

        @Override
        public String getRemoteAddr() {
            return remote;
        }

        @Override
        public String getRemoteHost() {
            return remote;
        }

        @Override
        public boolean isSecure() {
            return secure || super.isSecure();
        }

        @Override
        public String getScheme() {
            return secure ? "https" : super.getScheme();
        }

        @Override
        public int getServerPort() {
            return secure ? 443 : super.getServerPort();
        }
    }
}
