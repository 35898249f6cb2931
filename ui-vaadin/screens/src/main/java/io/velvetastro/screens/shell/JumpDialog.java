package io.velvetastro.screens.shell;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Network;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Anywhere from one field: a screen by name, an address, a user, an incident. */
class JumpDialog extends Dialog {
    private final Desk desk;
    private final TextField field = new TextField();
    private final com.vaadin.flow.component.html.Div results = Parts.div("jumps");
    private final List<Runnable> goals = new ArrayList<>();

    JumpDialog(Desk desk) {
        this.desk = desk;
        getElement().setAttribute("aria-label", "Search or jump to");
        addClassName("jump-dialog");
        setTop("12vh");
        field.setPlaceholder("A screen, an address, a user, an incident");
        field.setAriaLabel("Search or jump to");
        field.setMaxLength(200);
        field.setPrefixComponent(Icon.small("search"));
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(120);
        field.addValueChangeListener(change -> suggest(change.getValue().strip()));
        field.addKeyPressListener(Key.ENTER, press -> goals.stream().findFirst().ifPresent(Runnable::run));
        results.getElement().setAttribute("data-rows", true);
        add(Parts.div("ask", field, results));
        suggest("");
        field.focus();
    }

    private void suggest(String words) {
        results.removeAll();
        goals.clear();
        var lower = words.toLowerCase(Locale.ROOT);
        Stream.concat(Way.of(desk).stream(), Stream.of(Way.toAccount()))
                .filter(way -> way.name().toLowerCase(Locale.ROOT).contains(lower))
                .forEach(way -> offer(way.icon(), way.name(), () -> {
                    close();
                    UI.getCurrent().navigate(way.screen());
                }));
        if (words.isEmpty() || !desk.may(Authority.INCIDENTS_READ)) return;
        if (isNetwork(words))
            offer("radar", "Attacks from " + words, () -> go("attacks", QueryParameters.of("source", words)));
        offer("radar", "Attacks with “" + words + "”", () -> go("attacks", QueryParameters.of("text", words)));
        offer("siren", "Incidents with “" + words + "”", () -> go("incidents", QueryParameters.of("text", words)));
        offer(
                "fingerprint-pattern",
                "Stored events of “" + words + "”",
                () -> go("forensics", QueryParameters.of(isNetwork(words) ? "address" : "user", words)));
        var asked = new IncidentList(
                desk.tenant(), new Filter(Set.of(), Set.of(), Set.of(), null, words, null, null), null, 5);
        desk.ask(
                this,
                asked,
                IncidentPage.class,
                page -> {
                    if (field.getValue().strip().equals(words)) page.items().forEach(this::offer);
                },
                problem -> {});
    }

    private void offer(IncidentRow incident) {
        offer(
                "siren",
                "INC-" + incident.number() + "  " + incident.title(),
                () -> go("incidents/" + incident.id(), QueryParameters.empty()));
    }

    private void offer(String icon, String words, Runnable goal) {
        var row = new NativeButton("", press -> goal.run());
        row.add(Icon.small(icon), new Span(words));
        row.addClassNames("jump-row");
        row.getElement().setAttribute("type", "button").setAttribute("data-row", true);
        goals.add(goal);
        results.add(row);
    }

    private void go(String path, QueryParameters parameters) {
        close();
        UI.getCurrent().navigate(path, parameters);
    }

    private static boolean isNetwork(String words) {
        try {
            Network.of(words);
            return true;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
