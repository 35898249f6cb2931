package io.velvetastro.screens.parts;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;

/** Words that stand out. */
@Tag("b")
public class Bold extends HtmlContainer {

    public Bold(String words, String... classes) {
        setText(words);
        addClassNames(classes);
    }
}
