package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place that is drawn anew only when what it shows has changed; what the reader holds in it stays otherwise. */
public final class Drawn extends Div {
    private @Nullable Object shown;

    public Drawn() {
        addClassName("contents");
    }

    public void show(Object value, Supplier<Component> draw) {
        if (value.equals(shown)) return;
        shown = value;
        removeAll();
        add(draw.get());
    }
}
