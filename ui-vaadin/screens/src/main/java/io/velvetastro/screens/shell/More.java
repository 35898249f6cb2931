package io.velvetastro.screens.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import java.util.List;

/** The places a phone's bottom bar has no room for. */
class More extends Div {
    private final NativeButton button = new NativeButton();
    private final List<Class<? extends Component>> places;

    More(List<RouterLink> links, List<Class<? extends Component>> places) {
        this.places = places;
        button.add(new Icon("menu"), new Span("More"));
        button.getElement().setAttribute("type", "button");
        var menu = new Popover();
        menu.setTarget(button);
        menu.setPosition(PopoverPosition.TOP_END);
        menu.setModal(true);
        menu.setAriaLabel("More places");
        var list = Parts.div("more-places");
        for (var link : links) {
            link.getElement().addEventListener("click", gone -> menu.close());
            list.add(link);
        }
        menu.add(list);
        add(button, menu);
    }

    /** Marks the button while one of its places is shown. */
    void here(Component shown) {
        if (places.contains(shown.getClass())) button.getElement().setAttribute("aria-current", "true");
        else button.getElement().removeAttribute("aria-current");
    }
}
