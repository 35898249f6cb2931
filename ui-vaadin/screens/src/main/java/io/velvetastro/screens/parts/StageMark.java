package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import io.velvetastro.language.Stage;

/** How far along the kill chain something got: seven ticks, filled up to its stage. */
@Tag("va-stage")
@JsModule("context://velvet/marks.js")
public class StageMark extends Component implements HasStyle {

    public StageMark(Stage stage) {
        getElement().setAttribute("reached", String.valueOf(stage.number()));
    }

    public static StageMark quiet(Stage stage) {
        var mark = new StageMark(stage);
        mark.getElement().setAttribute("quiet", true);
        return mark;
    }
}
