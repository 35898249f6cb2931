package io.velvetastro.screens.door;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.server.VaadinSession;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.AtTheDoor;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Ends every page of a browser session that is over, or goes on as somebody else, as a member does who goes on in another organisation: what a page was opened as it would otherwise stay, and show,
 * whatever its browser does.
 */
public final class ChangedHands implements HttpSessionAttributeListener {
    /** What stands at the same address now is the door, which says why. A page that is on its way elsewhere comes to it by itself, and is not held up. */
    private static final String TO_THE_DOOR = "window.velvetLeaves || location.reload()";

    private static final String WHO = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    @Override
    public void attributeAdded(HttpSessionBindingEvent change) {
        if (AtTheDoor.ENDS_NOW.equals(change.getName())) end(change.getSession(), page -> page.executeJs(TO_THE_DOOR));
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent change) {
        if (!WHO.equals(change.getName())) return;
        var before = caller(change.getValue());
        if (before != null && !isStill(before, caller(change.getSession().getAttribute(WHO))))
            end(change.getSession(), page -> page.setLocation("dashboard"));
    }

    /** Whatever they and their organisation are called by now. */
    private static boolean isStill(Caller before, @Nullable Caller now) {
        return now != null
                && before.tenant().equals(now.tenant())
                && before.member().equals(now.member())
                && before.role() == now.role()
                && before.readsOnly() == now.readsOnly();
    }

    private static @Nullable Caller caller(@Nullable Object context) {
        return context instanceof SecurityContext known
                        && known.getAuthentication() != null
                        && known.getAuthentication().getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    private static void end(HttpSession session, Consumer<Page> anew) {
        for (var name : Collections.list(session.getAttributeNames()))
            if (session.getAttribute(name) instanceof VaadinSession pages) pages.access(() -> end(pages, anew));
    }

    /** Each page that still listens is told to begin anew, and then is none any more: that waits until it has heard. */
    private static void end(VaadinSession pages, Consumer<Page> anew) {
        for (var page : List.copyOf(pages.getUIs())) {
            tell(page, anew);
            pages.removeUI(page);
        }
    }

    private static void tell(UI page, Consumer<Page> anew) {
        anew.accept(page.getPage());
        if (page.getPushConfiguration().getPushMode().isEnabled()) page.push();
    }
}
