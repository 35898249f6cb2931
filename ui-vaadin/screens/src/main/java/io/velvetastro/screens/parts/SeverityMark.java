package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import io.velvetastro.language.Severity;

/** A severity in colour, shape and word. */
@Tag("va-severity")
@JsModule("context://velvet/marks.js")
public class SeverityMark extends Component implements HasStyle {

    public SeverityMark(Severity severity) {
        getElement().setAttribute("level", Words.key(severity));
    }

    /** Only the shape; the word stays for screen readers and the tooltip. */
    public static SeverityMark quiet(Severity severity) {
        var mark = new SeverityMark(severity);
        mark.getElement().setAttribute("quiet", true);
        return mark;
    }

    public static SeverityMark badge(Severity severity) {
        var mark = new SeverityMark(severity);
        mark.addClassName("badge");
        return mark;
    }
}
