package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.questions.Attacks.TopActors;
import io.velvetastro.questions.Attacks.TopActors.By;
import io.velvetastro.questions.Attacks.TopRow;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Glance;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.util.List;
import org.axonframework.messaging.responsetypes.ResponseTypes;

/** Who attacks most, or who is attacked most, in the last 24 hours. */
class TopCard extends Section {
    private static final int ROWS = 6;

    private final Desk desk;
    private final Glance glance = new Glance();
    private final Slot slot = new Slot("the busiest", 5);
    private By by = By.SOURCE;

    TopCard(Desk desk) {
        this.desk = desk;
        addClassNames("card", "c-top");
        getElement().setAttribute("aria-label", "Most seen");
        var choice = new Segments<By>("Most seen", chosen -> {
                    by = chosen;
                    refresh();
                })
                .with(By.SOURCE, "Top sources")
                .with(By.USER, "Users")
                .choose(by);
        add(new Header(Parts.classed(new H2("Most seen, last 24 hours"), "sr"), choice), slot);
    }

    void refresh() {
        var asked = by;
        var question = new TopActors(desk.tenant(), desk.now().minus(Duration.ofHours(24)), asked, ROWS);
        desk.look(
                glance,
                this,
                question,
                ResponseTypes.multipleInstancesOf(TopRow.class),
                rows -> {
                    if (asked == by) show(rows);
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void show(List<TopRow> rows) {
        if (rows.isEmpty()) {
            slot.show(States.empty("radar", "Nobody yet", "Nothing was found in the last 24 hours."));
            return;
        }
        long most = rows.stream().mapToLong(TopRow::events).max().orElse(1);
        var list = new UnorderedList();
        list.addClassName("bars");
        for (var row : rows) {
            var fill = new com.vaadin.flow.dom.Element("i");
            fill.getStyle().set("width", Math.max(2, row.events() * 100 / Math.max(1, most)) + "%");
            var bar = Parts.text("prog", "");
            bar.getElement().appendChild(fill);
            var link = new RouterLink("", AttacksView.class);
            link.setQueryParameters(QueryParameters.of(by == By.SOURCE ? "source" : "user", row.name()));
            link.add(
                    Parts.text((by == By.SOURCE ? "mono " : "") + "ell t1", row.name()),
                    Parts.text("num", Words.count(row.events())),
                    bar);
            list.add(new ListItem(link));
        }
        slot.show(Parts.div("body", list));
    }
}
