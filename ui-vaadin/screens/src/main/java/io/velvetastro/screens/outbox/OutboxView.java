package io.velvetastro.screens.outbox;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.LetterBox;
import io.velvetastro.questions.LetterBox.LetterRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** What the house has written to people: to read where nothing sends it, and to see what became of it where something does. */
@Route(value = "outbox", layout = Shell.class)
@PageTitle("Letters · Velvet Astro")
@PermitAll
@Needs(Authority.PLATFORM_ADMIN)
public class OutboxView extends Div implements Place, BeforeEnterObserver {
    private final Desk desk;
    private final LetterBox box;
    private final Slot letters = new Slot("letters", 4);

    public OutboxView(Desk desk, LetterBox box) {
        this.desk = desk;
        this.box = box;
        addClassNames("page", "account");
        var card = Parts.card(
                "",
                "Letters",
                box.sends()
                        ? "Sent by the mail server that is set"
                        : "No mail server is set: pass on by hand what is urgent",
                Parts.button("", "refresh-cw", "Look again", press -> refresh()));
        card.add(letters);
        add(card);
    }

    @Override
    public String heading() {
        return "Letters";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    private void refresh() {
        desk.fill(letters, () -> box.newest(desk.caller()), this::show);
    }

    private void show(List<LetterRow> rows) {
        if (rows.isEmpty()) {
            letters.show(States.empty(
                    "mail",
                    "No letter was written yet",
                    "Confirmations, links for forgotten passwords and security notices appear here."));
            return;
        }
        letters.show(Line.list(rows.stream().map(this::line).toList()));
    }

    private Line line(LetterRow row) {
        var small = new Small("");
        small.add(new Span(Words.capital(row.kind()) + " · written "), Moment.ago(row.writtenAt()));
        var item = new Line(Parts.classed(new Icon("mail"), "t3"), Parts.text("t1 ell", row.to()), small);
        if (row.sentAt() != null) return item.stands(Parts.span("t3 sm", new Span("Sent "), Moment.ago(row.sentAt())));
        if (!desk.now().isBefore(row.goodUntil())) return item.stands(Parts.text("t3 sm", "Of no use any more"));
        if (box.sends())
            return item.stands(Parts.text(
                    row.tries() > 0 ? "wrn sm" : "t3 sm",
                    row.tries() == 0 ? "On its way" : Words.count(row.tries(), "try", "tries")));
        var read = Parts.button("gho xs", "Read", press -> read(row));
        read.setAriaLabel("Read the letter to " + row.to());
        return item.can(read);
    }

    private void read(LetterRow row) {
        desk.act(
                this,
                () -> box.open(desk.caller(), row.id()),
                text -> new LetterDialog(row.to(), text).open(),
                failure -> letters.fail(Problem.ordering(failure), desk.now(), this::refresh));
    }
}
