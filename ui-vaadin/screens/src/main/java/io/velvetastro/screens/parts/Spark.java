package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;
import java.util.stream.Collectors;

/** A neutral line that ends at now; its tile says in words what it shows. */
@Tag("va-spark")
@JsModule("context://velvet/marks.js")
public class Spark extends Component {

    public void show(List<Long> points) {
        getElement().setAttribute("points", points.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
}
