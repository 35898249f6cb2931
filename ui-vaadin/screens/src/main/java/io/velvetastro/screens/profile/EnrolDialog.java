package io.velvetastro.screens.profile;

import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.Enrolment;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Qr;
import java.util.List;
import java.util.function.Consumer;

/** Switches the second factor on: the password first, then the picture to scan and the first code of it. */
class EnrolDialog extends ProofAsk {
    private final OwnAccount own;
    private final Consumer<List<String>> done;
    private boolean scanning;

    EnrolDialog(Desk desk, OwnAccount own, Consumer<List<String>> done) {
        super(desk, "Switch on two-step sign-in", "Go on");
        this.own = own;
        this.done = done;
        body.add(
                new Paragraph(
                        "From then on signing in takes a code of an authenticator app too. Your other sessions end, for they knew only the password."),
                password);
        password.focus();
    }

    @Override
    protected void confirm() {
        busy();
        if (scanning) desk.act(this, () -> own.confirm(code.getValue()), this::finish, this::declined);
        else desk.act(this, () -> own.enrol(password.getValue()), this::scan, this::declined);
    }

    private void scan(Enrolment enrolment) {
        scanning = true;
        ready();
        body.remove(password);
        password.clear();
        code.setHelperText("The six digits the app shows now");
        body.add(
                new Paragraph("Scan this with your authenticator app, then type the code it shows."),
                Qr.picture(enrolment),
                Qr.typed(enrolment),
                code);
        code.focus();
    }

    private void finish(List<String> codes) {
        close();
        done.accept(codes);
    }
}
