package io.velvetastro.screens.door;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinSession;
import io.velvetastro.language.Caller;
import java.util.Comparator;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Keeps no more pages of one browser than a person has open, each being a tree in memory: for one too many the oldest is closed, and loads itself anew should somebody still look at it. */
@Component
public class OpenPages implements VaadinServiceInitListener {
    private static final int OF_A_STRANGER = 3;
    private static final int OF_A_MEMBER = 50;

    @Override
    public void serviceInit(ServiceInitEvent house) {
        house.getSource().addUIInitListener(opened -> closeOldest(opened.getUI()));
    }

    private static void closeOldest(UI newest) {
        var session = newest.getSession();
        var others = session.getUIs().stream()
                .filter(page -> page != newest && !page.isClosing())
                .sorted(Comparator.comparingInt(UI::getUIId))
                .toList();
        int most = isSomebodys(session) ? OF_A_MEMBER : OF_A_STRANGER;
        others.stream().limit(Math.max(0, others.size() + 1 - most)).forEach(UI::close);
    }

    private static boolean isSomebodys(VaadinSession session) {
        return session.getSession().getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext known
                && known.getAuthentication() != null
                && known.getAuthentication().getPrincipal() instanceof Caller;
    }
}
