package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.SecondFactor;
import io.velvetastro.questions.OwnAccount.SessionRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.Problem;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.ShownOnce;
import io.velvetastro.screens.parts.Slot;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.shell.Place;
import io.velvetastro.screens.shell.Shell;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** One's own account: where one is signed in, with what, and what happened to it. */
@Route(value = "profile", layout = Shell.class)
@PageTitle("Your account · Velvet Astro")
@PermitAll
public class ProfileView extends Div implements Place, BeforeEnterObserver {
    /** What is asked for with a proof has no address that a link could lead to. */
    private static final String SAVE =
            "const file = document.createElement('a'); file.download = 'my-data.json'; file.href = URL.createObjectURL(new Blob([$0], {type: 'application/json'})); file.click(); setTimeout(() => URL.revokeObjectURL(file.href), 60000);";

    private final Desk desk;
    private final OwnAccount own;
    private final Slot sessions = new Slot("sessions", 3);
    private final Slot factor = new Slot("second step", 2);
    private final Div notTaken = Parts.div("refusal");
    private final PasskeysCard passkeys;
    private final DevicesCard devices;
    private final NoticesCard notices;

    public ProfileView(Desk desk, OwnAccount own) {
        this.desk = desk;
        this.own = own;
        addClassNames("page", "account");
        var others = Parts.button("", "log-out", "End all others", press -> endOthers());
        var where = Parts.card("", "Where you are signed in", "", others);
        where.add(sessions);
        var step = Parts.card("", "Two-step sign-in", "");
        step.add(factor);
        passkeys = new PasskeysCard(desk, own, this::refresh);
        devices = new DevicesCard(desk, own, this::refresh);
        notices = new NoticesCard(desk, own, this::refresh);
        notTaken.getElement().setAttribute("role", "alert");
        notTaken.setVisible(false);
        add(you(), notTaken, step, passkeys.card, where, devices.card, notices.card);
    }

    @Override
    public String heading() {
        return "Your account";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    private Div you() {
        var caller = desk.caller();
        return Parts.div(
                "row you",
                Parts.text("orgmark", Words.initials(caller.name())),
                Parts.div(
                        "col grow",
                        Parts.div(
                                "row wrap",
                                new Bold(caller.name(), "t1"),
                                Parts.button(
                                        "gho xs",
                                        "Change name",
                                        press -> new OwnNameDialog(desk, own, this::anew).open())),
                        new Small(caller.email() + " · " + Words.of(caller.role()) + ", " + caller.organization())),
                Parts.div(
                        "acts",
                        Parts.button("", "download", "Export your data", press -> export()),
                        Parts.button(
                                "",
                                "key-round",
                                "Change password",
                                press -> new PasswordDialog(desk, own, this::refresh).open())));
    }

    /** The frame says one's name too. */
    private void anew() {
        getUI().ifPresent(ui -> ui.getPage().reload());
    }

    private void export() {
        notTaken.setVisible(false);
        desk.act(this, own::export, data -> getElement().executeJs(SAVE, data), failure -> {
            var problem = Problem.ordering(failure);
            notTaken.setText("Your data was not exported: " + problem.words() + " (" + problem.code() + ")");
            notTaken.setVisible(true);
        });
    }

    private void refresh() {
        passkeys.refresh();
        devices.refresh();
        notices.refresh();
        desk.fill(sessions, own::sessions, this::show);
        desk.fill(factor, own::secondFactor, this::show);
    }

    private void show(SecondFactor state) {
        if (!state.on()) {
            factor.show(Parts.div(
                    "body col",
                    new Paragraph(
                            "Off. Whoever learns your password is you. With an authenticator app on your phone they also need a code that changes every thirty seconds."),
                    Parts.div(
                            "row",
                            Parts.button(
                                    "pri",
                                    "key-round",
                                    "Switch on",
                                    press -> new EnrolDialog(desk, own, this::shown).open()))));
            return;
        }
        var left = Parts.span(
                state.recoveryCodesLeft() <= 3 ? "wrn" : "t2",
                new Span(state.recoveryCodesLeft() + " of 12 recovery codes left"
                        + (state.recoveryCodesLeft() <= 3 ? ": make new ones." : ".")));
        factor.show(Parts.div(
                "body col",
                Parts.div("row", Parts.classed(new Icon("circle-check"), "ok"), new Span("On."), left),
                Parts.div(
                        "row wrap",
                        Parts.button(
                                "",
                                "refresh-cw",
                                "New recovery codes",
                                press -> new NewCodesDialog(desk, own, this::shown).open()),
                        Parts.button(
                                "gho", "Switch off", press -> new SwitchOffDialog(desk, own, this::refresh).open()))));
    }

    private void shown(List<String> codes) {
        refresh();
        new ShownOnce(
                        "Your recovery codes",
                        "Each lets you in once without your phone. Write them down or keep them in a password manager: they are not shown again.",
                        codes)
                .open();
    }

    private void show(List<SessionRow> rows) {
        sessions.show(Line.list(rows.stream().map(this::line).toList()));
    }

    private Line line(SessionRow row) {
        var small = new Small("");
        small.add(
                new Span(row.place() == null ? "Place unknown" : row.place()),
                new Span(" · since "),
                Moment.clock(row.startedAt()));
        if (row.lastSeenAt() != null) small.add(new Span(" · last seen "), Moment.ago(row.lastSeenAt()));
        if (!row.secondFactor()) small.add(new Span(" · password only"));
        var browser = row.kind().equals("browser");
        var what = row.device() == null ? browser ? "A browser" : "A program" : row.device();
        var item = new Line(new Icon(browser ? "laptop" : "server"), what, small);
        if (row.current()) return item.stands(Parts.text("t3 sm", "This session"));
        var end = Parts.button(
                "gho xs",
                "End session",
                press -> desk.act(
                        this,
                        () -> {
                            own.endSession(row.id());
                            return true;
                        },
                        ended -> refresh(),
                        failure -> sessions.fail(Problem.ordering(failure), desk.now(), this::refresh)));
        end.setAriaLabel("End session: " + what);
        return item.can(end);
    }

    private void endOthers() {
        desk.act(
                this,
                own::endOtherSessions,
                ended -> refresh(),
                failure -> sessions.fail(Problem.ordering(failure), desk.now(), this::refresh));
    }
}
