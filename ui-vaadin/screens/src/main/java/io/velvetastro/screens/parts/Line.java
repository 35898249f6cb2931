package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;

/** One line of a list: a mark, what it is and what is said of it, how it stands, and what can be done with it. */
public final class Line extends ListItem {
    private final Div acts = Parts.div("acts");

    public Line(Component mark, Component what, Small said) {
        super(mark, Parts.div("grow", Parts.div("row wrap", what), said));
        addClassName("line");
    }

    public Line(Component mark, String what, Small said) {
        this(mark, Parts.text("t1 med", what), said);
    }

    /** How it stands, in a few words at its end. */
    public Line stands(Component how) {
        add(Parts.div("standing", how));
        return this;
    }

    public Line can(NativeButton... deeds) {
        if (acts.getParent().isEmpty()) add(acts);
        acts.add(deeds);
        return this;
    }

    public static UnorderedList list(List<Line> lines) {
        var list = new UnorderedList();
        list.addClassName("rule-list");
        lines.forEach(list::add);
        return list;
    }
}
