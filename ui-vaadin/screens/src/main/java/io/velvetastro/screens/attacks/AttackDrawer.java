package io.velvetastro.screens.attacks;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.Authority;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Place;
import io.velvetastro.language.SeriesId;
import io.velvetastro.questions.Attacks.AttackDetail;
import io.velvetastro.questions.Attacks.AttackDetails;
import io.velvetastro.questions.Attacks.AttackRow;
import io.velvetastro.questions.Attacks.EntityRow;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import io.velvetastro.questions.Monitor.RawEvents;
import io.velvetastro.questions.Monitor.RawEventsAnswer;
import io.velvetastro.screens.defense.BlockDialog;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.forensics.HandOutDialog;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.SeverityMark;
import io.velvetastro.screens.parts.StageMark;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;

/** One attack and all that explains it: why it fired, what weighed in, the facts, the events as they came, and one thing to do. */
class AttackDrawer extends Aside {
    private static final int RAW_SHOWN = 5;
    private static final int NAMED = 8;

    /** What the drawer may ask of the list beside it. */
    interface Neighbours {
        void previous();

        void next();

        void close();

        void changed();
    }

    private final Desk desk;
    private final Neighbours neighbours;
    private @Nullable SeriesId shown;
    private @Nullable AttackDetail detail;

    AttackDrawer(Desk desk, Neighbours neighbours) {
        this.desk = desk;
        this.neighbours = neighbours;
        addClassNames("drawer", "glass");
        getElement().setAttribute("aria-label", "Attack");
        setVisible(false);
    }

    void open(SeriesId series) {
        if (!series.equals(shown)) {
            detail = null;
            removeAll();
            add(new Header(Parts.div("row", Parts.grow(), buttons())), States.loading("the attack", 6));
        }
        shown = series;
        setVisible(true);
        desk.ask(
                this,
                new AttackDetails(desk.tenant(), series),
                ResponseTypes.multipleInstancesOf(AttackDetail.class),
                found -> {
                    if (!series.equals(shown)) return;
                    if (found.isEmpty()) gone();
                    else show(found.getFirst());
                },
                problem -> {
                    if (!series.equals(shown) || detail != null) return;
                    removeAll();
                    add(
                            new Header(Parts.div("row", Parts.grow(), buttons())),
                            States.problem(problem, () -> open(series)));
                });
    }

    void shut() {
        shown = null;
        detail = null;
        setVisible(false);
        removeAll();
    }

    boolean isOpen() {
        return shown != null;
    }

    /** The dialog names its target; nothing is blocked from here without it. */
    void block() {
        if (detail == null || !desk.may(Authority.DEFENSE_WRITE)) return;
        var row = detail.row();
        var source = row.source();
        if (source == null) return;
        BlockDialog.of(desk, source, row.title(), row.incident(), neighbours::changed)
                .open();
    }

    private void gone() {
        removeAll();
        add(
                new Header(Parts.div("row", Parts.grow(), buttons())),
                States.empty(
                        "search-x",
                        "This attack is not here",
                        "It may belong to another organisation, or its address in the bar is wrong."));
    }

    private Span buttons() {
        return Parts.span(
                "row",
                Parts.iconButton("gho xs", "chevron-up", "Previous attack", press -> neighbours.previous()),
                Parts.iconButton("gho xs", "chevron-down", "Next attack", press -> neighbours.next()),
                Parts.iconButton("gho xs", "x", "Close", press -> neighbours.close()));
    }

    private void show(AttackDetail found) {
        if (found.equals(detail)) return; // Nothing new: keep what the reader has scrolled to.
        detail = found;
        removeAll();
        add(head(found), body(found), foot(found.row()));
    }

    private Header head(AttackDetail found) {
        var row = found.row();
        var when = Parts.div("sm t3", Moment.clock(row.at()).recorded(found.recordedAt()));
        if (row.count() > 1)
            when.add(new Span(", " + Words.count(row.count()) + " events since "), Moment.clock(row.firstAt()));
        if (row.incident() != null) {
            when.add(
                    new Span(". Part of "),
                    new RouterLink(
                            "an incident",
                            IncidentView.class,
                            new RouteParameters("incident", row.incident().toString())));
        }
        var badges = Parts.div(
                "row badges wrap grow",
                SeverityMark.badge(row.severity()),
                Parts.text("badge", Words.of(row.engine())));
        if (row.history()) badges.add(Parts.text("badge line", "history"));
        if (row.simulated()) badges.add(Parts.text("badge line", "simulated"));
        return new Header(Parts.div("row", badges, buttons()), new H2(row.title()), when);
    }

    private Div body(AttackDetail found) {
        var body = Parts.div("body");
        body.getElement().setAttribute("tabindex", "0");
        body.add(part("Why this fired", why(found)));
        if (!found.why().isEmpty()) body.add(part("What weighed in", Explained.weights(found.why())));
        body.add(facts(found));
        var raw = Parts.div("");
        body.add(part(
                found.evidence().size() == 1
                        ? "Raw event"
                        : "Raw events, " + Words.count(found.evidence().size()) + " kept as evidence",
                raw));
        askRaw(found.evidence(), raw);
        if (found.row().place() != null) body.add(credit());
        return body;
    }

    private static Paragraph why(AttackDetail found) {
        var why = new Paragraph(found.explanation());
        why.addClassName("why");
        return why;
    }

    private static DescriptionList facts(AttackDetail found) {
        var row = found.row();
        var facts = new DescriptionList();
        facts.addClassName("kv");
        fact(
                facts,
                "Score",
                new Span(Words.decimal(found.score()) + " "),
                Parts.text("t3", row.rule() + ", v" + found.ruleVersion()));
        fact(
                facts,
                "Stage",
                StageMark.quiet(row.stage()),
                new Span(" " + row.stage().number() + " " + row.stage().title()));
        for (var technique : found.techniques())
            fact(facts, "Technique", Parts.text("mono", technique.id()), new Span(" " + technique.name()));
        if (row.source() != null)
            fact(facts, "Source", Parts.text("mono", row.source()), Parts.text("t3", network(row.place())));
        if (row.place() != null && !where(row.place()).isEmpty())
            fact(facts, "Placed", new Span(where(row.place())), accuracy(row.place()));
        var named = new LinkedHashMap<String, List<String>>();
        for (var entity : found.entities())
            if (!entity.name().equals(row.source()))
                named.computeIfAbsent(role(entity), role -> new ArrayList<>()).add(entity.name());
        named.forEach((role, names) -> fact(facts, role, new Span(several(names))));
        return facts;
    }

    private static String several(List<String> names) {
        var first = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() > NAMED ? first + " and " + Words.count(names.size() - NAMED) + " more" : first;
    }

    private static void fact(DescriptionList facts, String name, Component... values) {
        var description = new DescriptionList.Description();
        description.add(values);
        facts.add(new DescriptionList.Term(name), description);
    }

    private static String role(EntityRow entity) {
        var kind = switch (entity.kind()) {
            case USER -> "User";
            case ADDRESS -> "Address";
            case HOST -> "Host";
            case DEVICE -> "Device";
        };
        return entity.role() == io.velvetastro.language.FindingRaised.Entity.Role.TARGET ? kind + ", target" : kind;
    }

    private static String network(@Nullable Place place) {
        if (place == null || place.asn() == null) return "";
        return " AS" + place.asn() + (place.asOrganization() == null ? "" : " " + place.asOrganization());
    }

    private static String where(Place place) {
        var words = new StringJoiner(", ");
        if (place.city() != null) words.add(place.city());
        if (place.country() != null) words.add(place.country());
        return words.toString();
    }

    /** By which data; its release is for those who ask. */
    private static Span accuracy(Place place) {
        var by = Parts.text(
                "t3",
                " by " + place.data().replaceFirst("-\\d.*", "")
                        + (place.accuracyKm() == null ? "" : ", ±" + place.accuracyKm() + "\u202fkm"));
        by.setTitle(place.data());
        return by;
    }

    private void askRaw(List<EventId> evidence, Div raw) {
        var asked = evidence.stream().limit(RAW_SHOWN).toList();
        desk.ask(
                this,
                new RawEvents(desk.tenant(), asked),
                RawEventsAnswer.class,
                answer -> {
                    raw.removeAll();
                    answer.events().forEach(event -> raw.add(Explained.raw(event)));
                    if (answer.events().isEmpty()) raw.add(Parts.text("t3 sm", "The events are no longer kept."));
                },
                problem -> raw.add(Parts.text("t3 sm", problem.words())));
    }

    private Footer foot(AttackRow row) {
        var foot = new Footer();
        if (row.source() != null && desk.may(Authority.DEFENSE_WRITE)) {
            var block = Parts.button(
                    row.outcome() == Outcome.BLOCKED ? "" : "pri", "shield-ban", "Block address", press -> block());
            foot.add(block);
        }
        if (row.incident() != null) {
            var open = new RouterLink(
                    "Open incident",
                    IncidentView.class,
                    new RouteParameters("incident", row.incident().toString()));
            foot.add(Parts.classed(open, "btn"));
        }
        if (desk.handsOut())
            foot.add(Parts.button(
                    "",
                    "badge-check",
                    "Prove it",
                    press -> new HandOutDialog(desk, "this attack", new Wanted.OfAttack(row.id()), () -> {}).open()));
        return foot;
    }

    static Div part(String title, Component inside) {
        return Parts.div("part", new H3(title), inside);
    }

    /** The data's licence asks for it wherever places are shown. */
    static Paragraph credit() {
        var link = new Anchor("https://db-ip.com", "IP Geolocation by DB-IP", AnchorTarget.BLANK);
        link.getElement().setAttribute("rel", "noreferrer");
        var credit = new Paragraph(new Span("A place is not a culprit. "), link);
        credit.addClassNames("mi", "t3");
        return credit;
    }
}
