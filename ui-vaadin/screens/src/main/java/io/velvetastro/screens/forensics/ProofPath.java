package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Draws the way from an event to the signed root: what was computed here is coloured, what the proof gave is grey. */
@Tag("va-proof")
@JsModule("context://velvet/proof.js")
class ProofPath extends Component implements HasStyle {
    /** What the element draws. */
    public record Drawing(java.util.List<Walk.Station> stations, boolean proven) {}

    void show(Walk walk, boolean proven) {
        getElement().setPropertyBean("drawing", new Drawing(walk.stations(), proven));
        getElement().setAttribute("role", "img");
        getElement()
                .setAttribute(
                        "aria-label",
                        "Path of " + walk.hashes() + " hashes from the event to the signed root; "
                                + (proven ? "it arrives there" : "it does not arrive there")
                                + ". The same as a list below.");
    }
}
