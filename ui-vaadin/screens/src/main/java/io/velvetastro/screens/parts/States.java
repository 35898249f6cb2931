package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.screens.desk.Problem;

/** What stands where rows would: nothing yet, not loaded yet, or not to be had. */
public final class States {
    private static final int[] WIDTHS = {78, 62, 84, 55, 70, 66, 80, 58};

    private States() {}

    /** Says what is being watched and one next step. */
    public static Div empty(String icon, String title, String words, Component... next) {
        var state = Parts.div("state", Parts.span("ic", new Icon(icon)), new H2(title), new Paragraph(words));
        if (next.length > 0) state.add(Parts.div("row", next));
        return state;
    }

    /** A command to type into a terminal, whole on its line, and a button that takes it along. */
    public static Div command(String command) {
        var words = Parts.text("mono", command);
        var copy = Parts.iconButton("gho xs", "copy", "Copy command", press -> {});
        copy.getElement()
                .executeJs(
                        "this.addEventListener('click', () => navigator.clipboard?.writeText($0).then(() => { this.title = 'Copied'; this.firstElementChild.setAttribute('name', 'check'); }))",
                        command);
        return Parts.div("command", words, copy);
    }

    /** The shape of the rows to come; it appears only after 200 ms, so a quick answer never flickers. */
    public static Div loading(String what, int rows) {
        var shape = Parts.div("skeleton");
        for (int i = 0; i < rows; i++) {
            var words = Parts.span("sk");
            words.getStyle().setWidth(WIDTHS[i % WIDTHS.length] + "%");
            shape.add(Parts.div("", Parts.span("sk"), Parts.span("sk"), words, Parts.span("sk")));
        }
        shape.add(Parts.text("sr", "Loading " + what));
        shape.getElement().setAttribute("aria-busy", "true");
        return shape;
    }

    /** What happened, what is safe, what to do; the code can be copied. */
    public static Div problem(Problem problem, Runnable again) {
        var title = new H2();
        title.add(new Icon("triangle-alert"), new Span(problem.title()));
        var code = Parts.div("details");
        code.setText(problem.code());
        var state = Parts.div(
                "state error",
                title,
                new Paragraph(problem.words()),
                code,
                Parts.div("row", Parts.button("pri", "Try again", press -> again.run())));
        state.getElement().setAttribute("role", "alert");
        return state;
    }
}
