package io.velvetastro.screens.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** The keyboard of the house; it listens to the whole page and stays silent while somebody types. */
@Tag("va-keys")
@JsModule("context://velvet/shell.js")
class Keys extends Component {

    /** One key that is for the screen or the shell. Public, or Vaadin cannot make it. */
    @DomEvent("velvet-key")
    public static class Pressed extends ComponentEvent<Keys> {
        private final String key;

        public Pressed(Keys source, boolean fromClient, @EventData("event.detail.key") String key) {
            super(source, fromClient);
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    void onPress(ComponentEventListener<Pressed> listener) {
        addListener(Pressed.class, listener);
    }

    /** WCAG 2.1.4: single keys can be switched off; the browser remembers. */
    void allowSingleKeys(boolean allowed) {
        getElement().callJsFunction("allowSingleKeys", allowed);
    }

    void askWhetherAllowed(com.vaadin.flow.function.SerializableConsumer<Boolean> answer) {
        getElement().callJsFunction("singleKeysAllowed").then(Boolean.class, answer);
    }
}
