package io.velvetastro.screens.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Paragraph;
import io.velvetastro.questions.OwnAccount.Enrolment;

/** What an authenticator app scans, and the same to type. */
public final class Qr {
    private Qr() {}

    /** Dark on white with a quiet border, or cameras do not see it. */
    public static Component picture(Enrolment enrolment) {
        int whole = enrolment.qrSize() + 8;
        return Parts.div(
                "qr",
                new Svg("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-4 -4 " + whole + " " + whole
                        + "\" role=\"img\" aria-label=\"QR code for your authenticator app\" shape-rendering=\"crispEdges\">"
                        + "<path fill=\"#fff\" d=\"M-4,-4h" + whole + "v" + whole + "h-" + whole
                        + "z\"/><path fill=\"#000\" d=\""
                        + enrolment.qr() + "\"/></svg>"));
    }

    public static Paragraph typed(Enrolment enrolment) {
        var typed = new Paragraph("Or type this into it: ");
        typed.add(Parts.text("mono t1 secret", enrolment.secret().replaceAll("(.{4})(?=.)", "$1 ")));
        return typed;
    }
}
