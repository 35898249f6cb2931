package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Audit.AuditFilter;
import io.velvetastro.questions.Audit.AuditLog;
import io.velvetastro.questions.Audit.AuditPage;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who decided what, newest first; what is looked for stands in the address. */
@Route(value = "record", layout = Shell.class)
@PageTitle("Record · Velvet Astro")
@PermitAll
@Needs(Authority.ORG_ADMIN)
public class RecordView extends Div implements Place, BeforeEnterObserver {
    private static final int ROWS = 50;
    private static final String TYPE = "type";
    private static final String ABOUT = "about";

    private final Desk desk;
    private final Slot entries = new Slot("entries", 8);
    private final UnorderedList list = new UnorderedList();
    private final TextField type = new TextField();
    private final TextField about = new TextField();

    public RecordView(Desk desk) {
        this.desk = desk;
        addClassNames("page", "account");
        list.addClassName("rule-list");
        field(type, "Kind, such as RoleGiven");
        field(about, "Part of an entry, such as an id");
        var card = Parts.card("", "Record", "Every decision that somebody took here, as the ledger has it");
        card.add(Parts.div("row wrap finder", type, about), entries);
        add(card);
    }

    private void field(TextField field, String words) {
        field.setPlaceholder(words);
        field.setAriaLabel(words);
        field.setClearButtonVisible(true);
        field.setMaxLength(100);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(change -> {
            if (change.isFromClient()) look();
        });
    }

    @Override
    public String heading() {
        return "Record";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var asked = event.getLocation().getQueryParameters();
        type.setValue(asked.getSingleParameter(TYPE).orElse(""));
        about.setValue(asked.getSingleParameter(ABOUT).orElse(""));
        list.removeAll();
        ask(null);
    }

    private void look() {
        var asked = new HashMap<String, String>();
        if (!type.isEmpty()) asked.put(TYPE, type.getValue().strip());
        if (!about.isEmpty()) asked.put(ABOUT, about.getValue().strip());
        getUI().ifPresent(ui -> ui.navigate("record", QueryParameters.simple(Map.copyOf(asked))));
    }

    private void ask(@Nullable String cursor) {
        var filter = new AuditFilter(
                null,
                null,
                type.isEmpty() ? Set.of() : Set.of(type.getValue().strip()),
                null,
                about.isEmpty() ? null : about.getValue().strip());
        desk.ask(
                this,
                new AuditLog(desk.tenant(), filter, cursor, ROWS),
                AuditPage.class,
                this::show,
                problem -> entries.fail(problem, desk.now(), () -> ask(cursor)));
    }

    private void show(AuditPage page) {
        page.items().forEach(row -> list.add(line(row)));
        if (list.getComponentCount() == 0) {
            entries.show(States.empty("history", "Nothing of this kind", "Decisions appear here as they are taken."));
            return;
        }
        entries.show(list);
        if (page.next() != null) entries.show(list, Parts.button("wide", "Older", press -> ask(page.next())));
    }

    private static ListItem line(AuditRow row) {
        var says = Parts.text("mono t3 sm ell", Words.brief(row.says()));
        says.setTitle(row.says());
        var small = new Small(row.by().equals(row.actor()) ? Words.actor(row.actor()) : row.by());
        small.add(new Span(" · "), Moment.clock(row.at()));
        return new ListItem(
                Parts.classed(new Icon("history"), "t3"),
                Parts.div(
                        "grow",
                        Parts.div("row", Parts.text("t1 med", Words.spaced(row.type()))),
                        small,
                        Parts.div("row", says)));
    }
}
