package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;

/** Lines over time, and the same numbers as a table on request. */
@Tag("va-chart")
@JsModule("context://velvet/chart.js")
public class TimeChart extends Component implements HasStyle {
    private boolean tabular;

    /** One line; {@code colour} is a token without its prefix, such as {@code chart-1}. */
    public record Series(String name, String colour, List<Long> values) {}

    /** Everything there is to draw; {@code times} are milliseconds since 1970. */
    public record Plot(String unit, List<Long> times, List<Series> series) {}

    public void show(Plot plot) {
        getElement().setPropertyBean("plot", plot);
    }

    public boolean flip() {
        tabular = !tabular;
        getElement().setProperty("tabular", tabular);
        return tabular;
    }
}
