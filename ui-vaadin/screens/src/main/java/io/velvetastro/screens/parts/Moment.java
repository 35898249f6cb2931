package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time in the reader's own zone, UTC on hover; the browser writes it, so no zone ever reaches the server. */
@Tag("va-time")
@JsModule("context://velvet/time.js")
public class Moment extends Component implements HasStyle {

    private Moment(@Nullable Instant at, String form) {
        if (at != null) getElement().setAttribute("at", at.toString());
        getElement().setAttribute("form", form);
    }

    /** {@code 14:12:31} today, with its date before. */
    public static Moment clock(Instant at) {
        return new Moment(at, "clock");
    }

    public static Moment minute(Instant at) {
        return new Moment(at, "minute");
    }

    public static Moment ago(Instant at) {
        return new Moment(at, "ago");
    }

    /** How long until then, counting down by itself. */
    public static Moment left(Instant until) {
        return new Moment(until, "left");
    }

    /** The clock on the wall. */
    public static Moment now() {
        return new Moment(null, "now");
    }

    public Moment recorded(Instant at) {
        getElement().setAttribute("recorded", at.toString());
        return this;
    }
}
