package io.velvetastro.screens.shell;

import com.vaadin.flow.component.Component;
import io.velvetastro.screens.admin.AdminView;
import io.velvetastro.screens.admin.PlanView;
import io.velvetastro.screens.admin.RecordView;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.dashboard.DashboardView;
import io.velvetastro.screens.defense.DefenseView;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.forensics.ForensicsView;
import io.velvetastro.screens.incidents.IncidentsView;
import io.velvetastro.screens.map.MapView;
import io.velvetastro.screens.outbox.OutboxView;
import io.velvetastro.screens.platform.PlatformView;
import io.velvetastro.screens.profile.ProfileView;
import java.util.List;

/**
 * A way to a screen: the navigation, a phone's bottom bar and the search all offer the same ones.
 *
 * @param key the letter that follows {@code G}, or nothing
 * @param thumb where it stands in the bottom bar; 0 for those behind "More"
 */
record Way(String group, Class<? extends Component> screen, String icon, String name, String key, int thumb) {

    private static final List<Way> ALL = List.of(
            new Way("Watch", DashboardView.class, "layout-dashboard", "Dashboard", "d", 1),
            new Way("Watch", MapView.class, "globe", "Threat map", "m", 4),
            new Way("Watch", AttacksView.class, "radar", "Attacks", "a", 2),
            new Way("Respond", IncidentsView.class, "siren", "Incidents", "i", 3),
            new Way("Respond", DefenseView.class, "shield", "Defense", "e", 0),
            new Way("Know", ForensicsView.class, "fingerprint-pattern", "Forensics", "f", 0),
            new Way("Manage", AdminView.class, "users", "Administration", "", 0),
            new Way("Manage", RecordView.class, "history", "Record", "", 0),
            new Way("Manage", PlanView.class, "activity", "Plan and usage", "", 0),
            new Way("The house", PlatformView.class, "server", "Platform", "", 0),
            new Way("The house", OutboxView.class, "mail", "Letters", "", 0));

    /** Those that this reader may go, in the order of the navigation. */
    static List<Way> of(Desk desk) {
        return ALL.stream().filter(way -> way.isOpenTo(desk)).toList();
    }

    private boolean isOpenTo(Desk desk) {
        var needs = screen.getAnnotation(Needs.class);
        return needs == null || desk.may(needs.value());
    }

    /** The one that stands behind the reader's own face instead of in the navigation. */
    static Way toAccount() {
        return new Way("You", ProfileView.class, "user-round", "Your account", "", 0);
    }
}
