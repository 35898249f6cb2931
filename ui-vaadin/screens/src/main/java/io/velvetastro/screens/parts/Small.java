package io.velvetastro.screens.parts;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;

/** Words that stand back. */
@Tag("small")
public class Small extends HtmlContainer {

    public Small(String words, String... classes) {
        setText(words);
        addClassNames(classes);
    }
}
