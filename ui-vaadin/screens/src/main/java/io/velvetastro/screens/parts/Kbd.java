package io.velvetastro.screens.parts;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;

/** A key to press. */
@Tag("kbd")
public class Kbd extends HtmlContainer {

    public Kbd(String words, String... classes) {
        setText(words);
        addClassNames(classes);
    }
}
