package io.velvetastro.decisions.web;

import io.velvetastro.language.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerMapping;

/** Writes down whom their role turned away, and from which door, for whoever looks for somebody who tries the handles: ids and the door's own name, and nothing the caller wrote. */
public final class Turned {
    private static final Logger LOG = LoggerFactory.getLogger(Turned.class);

    private Turned() {}

    public static void away(String method, @Nullable Object door) {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && who.getPrincipal() instanceof Caller caller)
            LOG.warn(
                    "Turned away by role: {} of {} from {} {}",
                    caller.actor(),
                    caller.tenant(),
                    method,
                    door == null ? "a door that is none" : door);
    }

    /** Of whatever this thread answers. */
    static void away() {
        var here = RequestContextHolder.getRequestAttributes();
        if (here != null)
            away(
                    "a call of",
                    here.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
    }
}
