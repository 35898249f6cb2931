package io.velvetastro.screens.attacks;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** One way to narrow the rows: its values with what each would leave. */
class Facet<E extends Enum<E>> extends Section {
    private final List<E> values;
    private final Function<E, Component> face;
    private final Consumer<E> flipped;

    Facet(String title, List<E> values, Function<E, Component> face, Consumer<E> flipped) {
        this.values = values;
        this.face = face;
        this.flipped = flipped;
        addClassName("facet");
        getElement().setAttribute("role", "group").setAttribute("aria-label", title);
        add(new H2(title));
        show(Set.of(), Map.of());
    }

    /** Values nobody chose and no row has stay away. */
    void show(Set<E> chosen, Map<E, Long> counts) {
        getChildren().skip(1).toList().forEach(this::remove);
        for (var value : values) {
            long count = counts.getOrDefault(value, 0L);
            boolean on = chosen.contains(value);
            if (count == 0 && !on && !counts.isEmpty()) continue;
            add(row(value, on, count, counts.isEmpty()));
        }
    }

    private NativeButton row(E value, boolean on, long count, boolean unknown) {
        var row = new NativeButton("", press -> flipped.accept(value));
        row.getElement()
                .setAttribute("type", "button")
                .setAttribute("role", "checkbox")
                .setAttribute("aria-checked", String.valueOf(on));
        row.addClassName("facet-row");
        var tick = new Span();
        tick.addClassName("ck");
        if (on) tick.add(new Icon("check"));
        row.add(
                tick,
                Parts.span("ell grow", face.apply(value)),
                Parts.text("num t3", unknown ? "" : Words.count(count)));
        return row;
    }
}
