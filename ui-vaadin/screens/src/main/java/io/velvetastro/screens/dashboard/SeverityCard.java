package io.velvetastro.screens.dashboard;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.Severity;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How grave today's attacks are. */
class SeverityCard extends Section {
    private static final List<Severity> GRAVEST_FIRST =
            List.of(Severity.values()).reversed();
    private final Slot slot = new Slot("severities", 5);

    SeverityCard() {
        addClassNames("card", "c-severity");
        getElement().setAttribute("aria-label", "Severity");
        add(new Header(new H2("Severity"), Parts.grow(), Parts.text("sub", "today")), slot);
    }

    void fail(Problem problem, Instant at, Runnable again) {
        slot.fail(problem, at, again);
    }

    void show(Map<Severity, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        var bar = Parts.div("mixbar");
        bar.getElement().setAttribute("aria-hidden", "true");
        var list = new UnorderedList();
        list.addClassName("mix");
        for (var severity : GRAVEST_FIRST) {
            long count = counts.getOrDefault(severity, 0L);
            if (count > 0) {
                var part = Parts.span("");
                // Square root, or a handful of critical ones would vanish beside thousands of small ones.
                part.getStyle()
                        .set("flex", String.valueOf(Math.sqrt(count)))
                        .set("background", "var(--va-sev-" + Words.key(severity) + ")");
                bar.add(part);
            }
            var link = new RouterLink("", AttacksView.class);
            link.setQueryParameters(QueryParameters.full(
                    Map.of("severity", new String[] {Words.key(severity)}, "time", new String[] {"today"})));
            link.add(
                    new SeverityMark(severity),
                    Parts.text("num t1", Words.count(count)),
                    Parts.text("num t3 r mi", all == 0 ? "" : Words.percent((double) count / all)));
            list.add(new ListItem(link));
        }
        var scale = new Paragraph("Bar is square-root scaled.");
        scale.addClassNames("mi", "t3");
        slot.show(Parts.div("body", bar, list, scale));
    }
}
