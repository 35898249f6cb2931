package io.velvetastro.screens.door;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinSession;
import io.velvetastro.language.Caller;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Ends every page of a browser session that goes on as somebody else, as a member does who goes on in another organisation: what a page was opened as it would otherwise stay, whatever its browser does.
 */
public final class ChangedHands implements HttpSessionAttributeListener {
    private static final String WHO = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    @Override
    public void attributeReplaced(HttpSessionBindingEvent change) {
        if (!WHO.equals(change.getName())) return;
        var before = caller(change.getValue());
        if (before != null && !before.equals(caller(change.getSession().getAttribute(WHO)))) end(change.getSession());
    }

    private static @Nullable Caller caller(@Nullable Object context) {
        return context instanceof SecurityContext known
                        && known.getAuthentication() != null
                        && known.getAuthentication().getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    private static void end(HttpSession session) {
        for (var name : Collections.list(session.getAttributeNames()))
            if (session.getAttribute(name) instanceof VaadinSession pages) pages.access(() -> end(pages));
    }

    /** Each page that still listens is told to begin anew, and then is none any more. */
    private static void end(VaadinSession pages) {
        for (var page : List.copyOf(pages.getUIs())) {
            tell(page);
            pages.removeUI(page);
        }
    }

    private static void tell(UI page) {
        page.getPage().setLocation("dashboard");
        if (page.getPushConfiguration().getPushMode().isEnabled()) page.push();
    }
}
