package io.velvetastro.screens.defense;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Network;
import io.velvetastro.questions.Defense.Action;
import io.velvetastro.questions.Defense.DefenseChanged;
import io.velvetastro.questions.Defense.DefenseRules;
import io.velvetastro.questions.Defense.RulePage;
import io.velvetastro.questions.Defense.RuleRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.parts.AddressBar;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept out right now, for how long and why; what is never kept out; and the list firewalls pull. */
@Route(value = "defense", layout = Shell.class)
@PageTitle("Defense · Velvet Astro")
@PermitAll
@Needs(Authority.DEFENSE_READ)
public class DefenseView extends Div implements Place, BeforeEnterObserver {
    private static final int PAGE = 100;
    private static final List<String> BUILT_IN = List.of(
            "Loopback and link-local",
            "Private networks (RFC 1918)",
            "Unique-local IPv6",
            "Carrier-grade NAT",
            "Multicast and unspecified",
            "Your trusted proxies");

    private final Desk desk;
    private final Slot slot = new Slot("rules", 6);
    private final Div tabs = Parts.div("tabs grow");
    private final List<RuleRow> rows = new ArrayList<>();
    private final boolean mayWrite;
    private Which which = Which.STANDING;
    private @Nullable String next;

    /** Which rules. */
    private enum Which {
        STANDING("Standing blocks", Action.BLOCK, true),
        NEVER("Never blocked", Action.ALLOW, true),
        PAST("Past and present", null, false);

        private final String words;
        private final @Nullable Action action;
        private final boolean standing;

        Which(String words, @Nullable Action action, boolean standing) {
            this.words = words;
            this.action = action;
            this.standing = standing;
        }
    }

    public DefenseView(Desk desk) {
        this.desk = desk;
        mayWrite = desk.may(Authority.DEFENSE_WRITE);
        addClassNames("page", "fill", "defense");
        var bar = Parts.div("row wrap", Parts.div("row sideways grow", tabs));
        if (mayWrite) {
            bar.add(
                    Parts.button(
                            "",
                            "plus",
                            "Never block an address",
                            press -> BlockDialog.never(desk, this::refresh).open()),
                    Parts.button(
                            "pri",
                            "shield-ban",
                            "Block an address",
                            press -> BlockDialog.byHand(desk, this::refresh).open()));
        }
        var rules = new Section(slot);
        rules.addClassNames("card", "rules");
        rules.getElement().setAttribute("aria-label", "Rules");
        add(bar, Parts.div("guard", rules, Parts.div("col side-col", pullCard(), neverCard())));
    }

    @Override
    public String heading() {
        return "Defense";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        which = AddressBar.of(event.getLocation().getQueryParameters()).one("show", Which.STANDING);
        tabs.removeAll();
        for (var each : Which.values()) tabs.add(Parts.tab(each.words, each == which, press -> go(each)));
        refresh();
    }

    private static void go(Which part) {
        var next = new AddressBar().put("show", part, Which.STANDING);
        UI.getCurrent().navigate(DefenseView.class, next.parameters());
    }

    @Override
    public void pressed(String key) {
        if (key.equals("b") && mayWrite) BlockDialog.byHand(desk, this::refresh).open();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        desk.watch(
                this,
                new DefenseRules(desk.tenant(), null, null, null, 1),
                RulePage.class,
                DefenseChanged.class,
                this::refresh);
    }

    private void refresh() {
        desk.ask(
                this,
                question(null),
                RulePage.class,
                page -> {
                    rows.clear();
                    show(page);
                },
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private void more() {
        desk.ask(
                this,
                question(next),
                RulePage.class,
                this::show,
                problem -> slot.fail(problem, desk.now(), this::refresh));
    }

    private DefenseRules question(@Nullable String cursor) {
        return new DefenseRules(desk.tenant(), which.action, which.standing ? desk.now() : null, cursor, PAGE);
    }

    private void show(RulePage page) {
        rows.addAll(page.items());
        next = page.next();
        if (rows.isEmpty()) {
            slot.show(nothing());
            return;
        }
        var list = new UnorderedList();
        list.addClassName("rule-list");
        list.getElement().setAttribute("tabindex", "0").setAttribute("data-rows", true);
        var reasons = new HashMap<Network, Integer>();
        for (var row : rows) if (stands(row)) reasons.merge(row.network(), 1, Integer::sum);
        rows.forEach(row -> list.add(line(row, stands(row) ? reasons.getOrDefault(row.network(), 1) - 1 : 0)));
        if (next != null)
            list.add(new ListItem(
                    Parts.button("gho wide", "Show more of " + Words.count(page.total()), press -> more())));
        slot.show(new Header(new H2(which.words), Parts.text("sub num", Words.count(page.total()))), list);
    }

    private Div nothing() {
        return switch (which) {
            case STANDING ->
                States.empty(
                        "shield",
                        "Nothing is blocked",
                        "Playbooks block a source when an incident asks for it; you can block one by hand. Every block ends by itself.");
            case NEVER ->
                States.empty(
                        "shield-off",
                        "Nothing of yours is on the never-block list",
                        "Some networks are never blocked, whoever asks. Add your own offices and gateways.");
            case PAST -> States.empty("history", "No rule yet", "Every block and allowance stays here after it ends.");
        };
    }

    private boolean stands(RuleRow row) {
        return row.liftedAt() == null && (row.until() == null || row.until().isAfter(desk.now()));
    }

    /** @param others how many other rules say the same of this network */
    private ListItem line(RuleRow row, int others) {
        boolean block = row.action() == Action.BLOCK;
        boolean stands = stands(row);
        var small = new Small("");
        small.add(new Span("By " + Words.actor(row.by()) + ", "), Moment.clock(row.at()));
        if (row.incident() != null)
            small.add(
                    new Span(", for "),
                    new RouterLink(
                            "an incident",
                            IncidentView.class,
                            new RouteParameters("incident", row.incident().toString())));
        if (others > 0)
            small.add(
                    new Span(others == 1 ? "; another rule holds it too" : "; " + others + " other rules hold it too"));
        var item = new ListItem(
                Parts.classed(
                        new Icon(block ? stands ? "shield-ban" : "shield" : "shield-check"),
                        stands ? block ? "dng" : "ok" : "t3"),
                Parts.div(
                        "grow",
                        Parts.div(
                                "row",
                                Parts.text("mono t1 med", row.network().toString()),
                                Parts.text("ell t2", row.reason())),
                        small),
                ending(row, stands));
        if (stands && mayWrite) {
            var lift = Parts.button(
                    "gho xs",
                    block ? "Lift block" : "Remove",
                    press -> (block
                                    ? LiftDialog.block(
                                            desk, row.id(), row.network().toString(), this::refresh)
                                    : LiftDialog.allowance(
                                            desk, row.id(), row.network().toString(), this::refresh))
                            .open());
            lift.setAriaLabel((block ? "Lift block of " : "Remove ") + row.network());
            item.add(lift);
        }
        return item;
    }

    private static Component ending(RuleRow row, boolean stands) {
        if (row.liftedAt() != null)
            return Parts.span(
                    "t3 sm nw",
                    new Span("Lifted by " + Words.actor(row.liftedBy() == null ? "" : row.liftedBy()) + " "),
                    Moment.clock(row.liftedAt()));
        if (row.until() == null) return Parts.text("t3 sm nw", "Until it is removed");
        if (!stands) return Parts.span("t3 sm nw", new Span("Ended "), Moment.clock(row.until()));
        return Parts.span("sm nw", Parts.text("t3", "Ends in "), Parts.classed(Moment.left(row.until()), "t1"));
    }

    private Section pullCard() {
        var card = Parts.card("", "For your firewall", "");
        var path = "/api/v1/defense/blocklist";
        var link = new Anchor(path.substring(1), path);
        link.setRouterIgnore(true);
        link.addClassName("mono");
        var how = new Paragraph(
                new Span("A firewall pulls every standing block from "),
                link,
                new Span(", as plain text or with "),
                Parts.text("mono", "?format=nft"),
                new Span(", "),
                Parts.text("mono", "ipset"),
                new Span(" or "),
                Parts.text("mono", "json"),
                new Span(". It needs a token that may read defense."));
        how.addClassName("sm");
        card.add(Parts.div("body", how));
        return card;
    }

    private static Section neverCard() {
        var card = Parts.card("", "Never blocked, whoever asks", "");
        var list = new UnorderedList();
        list.addClassName("plain-list");
        for (var range : BUILT_IN) list.add(new ListItem(Icon.small("check"), new Span(range)));
        var why = new Paragraph(
                "A block that would hit one of these is refused, from a playbook and from a person alike.");
        why.addClassNames("sm", "t3");
        card.add(Parts.div("body", list, why));
        return card;
    }
}
