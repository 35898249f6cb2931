package io.velvetastro.screens.incidents;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.FindingRaised.Entity.Kind;
import io.velvetastro.language.FindingRaised.Entity.Role;
import io.velvetastro.questions.Attacks.EntityRow;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import java.util.List;

/** Who and what the story is about; each leads to everything else that is known of it. */
class Entities extends Section {

    Entities(List<EntityRow> entities) {
        addClassNames("card", "ent");
        getElement().setAttribute("aria-label", "Entities");
        add(new Header(new H2("Entities"), Parts.grow(), Parts.text("sub num", Words.count(entities.size()))));
        if (entities.isEmpty()) {
            add(States.empty(
                    "users", "Nobody is named", "The findings of this incident name no user, address or host."));
            return;
        }
        var list = new UnorderedList();
        list.getElement().setAttribute("tabindex", "0");
        entities.forEach(entity -> list.add(line(entity)));
        add(list);
    }

    private static ListItem line(EntityRow entity) {
        var link = new RouterLink("", AttacksView.class);
        link.setQueryParameters(QueryParameters.of(
                entity.kind() == Kind.ADDRESS ? "source" : entity.kind() == Kind.USER ? "user" : "text",
                entity.name()));
        link.add(
                Parts.span("ic", Icon.small(icon(entity.kind()))),
                Parts.div(
                        "grow",
                        new Bold(entity.name(), entity.kind() == Kind.ADDRESS ? "mono" : "name", "ell"),
                        new Small(words(entity))));
        return new ListItem(link);
    }

    private static String icon(Kind kind) {
        return switch (kind) {
            case USER -> "user-round";
            case ADDRESS -> "network";
            case HOST -> "server";
            case DEVICE -> "laptop";
        };
    }

    private static String words(EntityRow entity) {
        var kind = switch (entity.kind()) {
            case USER -> "user";
            case ADDRESS -> "address";
            case HOST -> "host";
            case DEVICE -> "device";
        };
        return entity.role() == Role.ACTOR ? kind + ", acted" : kind + ", targeted";
    }
}
