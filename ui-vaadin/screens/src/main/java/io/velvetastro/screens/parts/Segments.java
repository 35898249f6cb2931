package io.velvetastro.screens.parts;

import static java.util.Objects.requireNonNull;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A few choices side by side, one of them pressed. */
public class Segments<T> extends Div {
    private final Map<T, NativeButton> buttons = new LinkedHashMap<>();
    private final Consumer<T> chosen;

    public Segments(String label, Consumer<T> chosen) {
        this.chosen = chosen;
        addClassName("seg");
        getElement().setAttribute("role", "group").setAttribute("aria-label", label);
    }

    public Segments<T> with(T value, String words) {
        var button = new NativeButton(words, press -> {
            choose(value);
            chosen.accept(value);
        });
        button.getElement().setAttribute("type", "button").setAttribute("aria-pressed", "false");
        buttons.put(value, button);
        add(button);
        return this;
    }

    /** Marks a choice without telling anybody. */
    public Segments<T> choose(T value) {
        buttons.forEach(
                (each, button) -> button.getElement().setAttribute("aria-pressed", String.valueOf(each.equals(value))));
        return this;
    }

    public NativeButton button(T value) {
        return requireNonNull(buttons.get(value));
    }
}
