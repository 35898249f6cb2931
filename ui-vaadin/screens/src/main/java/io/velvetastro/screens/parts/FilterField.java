package io.velvetastro.screens.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Where a reader types what to look for: what is looked for already stands in it as words that can be taken out again. */
public class FilterField extends Div {
    private final Div tokens = Parts.div("row tokens");
    private final BiConsumer<String, String> remove;

    /** {@code icon}, {@code label} and {@code hint} say what it looks through; {@code typed} hears every line that is entered. */
    public FilterField(
            String icon, String label, String hint, Consumer<String> typed, BiConsumer<String, String> remove) {
        this.remove = remove;
        addClassNames("field", "q");
        var field = new Input();
        field.setPlaceholder(hint);
        field.getElement()
                .setAttribute("data-query", true)
                .setAttribute("aria-label", label)
                .setAttribute("maxlength", "200");
        field.addValueChangeListener(change -> {
            if (!change.isFromClient() || change.getValue().isBlank()) return;
            field.setValue("");
            typed.accept(change.getValue());
        });
        add(Icon.small(icon), tokens, field, new Kbd("/", "d-only"));
    }

    public void show(List<Map.Entry<String, String>> filters) {
        tokens.removeAll();
        filters.forEach(filter -> tokens.add(token(filter.getKey(), filter.getValue())));
        tokens.setVisible(!filters.isEmpty());
    }

    private NativeButton token(String name, String value) {
        var token = new NativeButton("", press -> remove.accept(name, value));
        token.add(Parts.text("acc", name + ":"), new Span(value), Icon.small("x"));
        token.addClassNames("tok", "mono");
        token.setAriaLabel("Remove filter " + name + " " + value);
        token.getElement().setAttribute("type", "button");
        return token;
    }
}
