package io.velvetastro.screens.map;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;
import java.util.function.Consumer;

/** The drawn world; the list beside it says the same in words. */
@Tag("va-map")
@JsModule("context://velvet/map.js")
class ThreatMap extends Component implements HasStyle {

    /** A place that attacks come from. */
    record Origin(String id, String name, double latitude, double longitude, String severity, long count) {}

    /** A mark was clicked. Public, or Vaadin cannot make it. */
    @DomEvent("origin-chosen")
    public static class Chosen extends ComponentEvent<ThreatMap> {
        private final String id;

        public Chosen(ThreatMap source, boolean fromClient, @EventData("event.detail.id") String id) {
            super(source, fromClient);
            this.id = id;
        }
    }

    void show(List<Origin> origins) {
        getElement().setPropertyList("origins", origins);
    }

    void choose(String id) {
        getElement().setProperty("chosen", id);
    }

    void onChoice(Consumer<String> choice) {
        addListener(Chosen.class, chosen -> choice.accept(chosen.id));
    }

    void zoom(double factor) {
        getElement().callJsFunction("zoomBy", factor);
    }

    void whole() {
        getElement().callJsFunction("zoomOut");
    }
}
