package io.velvetastro.views;

import io.velvetastro.language.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Leads every request for what is known through the wall, as {@link QuestionsOfOne} does with what comes as a message: whatever it reads, it reads for the organisation of its caller. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE) // Inside the security that knows the caller.
class RequestsOfOne extends OncePerRequestFilter {
    private final Readers readers;

    RequestsOfOne(Readers readers) {
        this.readers = readers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !(who.getPrincipal() instanceof Caller caller)) {
            rest.doFilter(request, response);
            return;
        }
        try {
            readers.<Boolean, Exception>ask(caller.tenant(), () -> {
                rest.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException ended) {
            throw ended;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }
}
