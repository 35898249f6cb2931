package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** A line icon of the sprite; decorative, so its neighbour says the words. */
@Tag("va-icon")
@JsModule("context://velvet/marks.js")
public class Icon extends Component implements HasStyle {

    public Icon(String name) {
        getElement().setAttribute("name", name);
    }

    public static Icon small(String name) {
        var icon = new Icon(name);
        icon.addClassName("s");
        return icon;
    }
}
