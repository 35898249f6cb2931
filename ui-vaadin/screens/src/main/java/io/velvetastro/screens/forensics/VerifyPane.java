package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.questions.Forensics.LedgerAnswer;
import io.velvetastro.questions.Forensics.WitnessSeen;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import java.util.stream.Collectors;

/** How to check our evidence without us: the command with the keys filled in, and what no proof can show. */
class VerifyPane extends Div {
    private final Pre command = new Pre("");

    VerifyPane() {
        addClassNames("card", "pane", "verify");
        command.addClassNames("raw");
        command.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "Command");
        var copy = new NativeButton("Copy command");
        copy.addClassNames("btn", "xs");
        copy.getElement()
                .setAttribute("type", "button")
                .executeJs(
                        "this.addEventListener('click', () => navigator.clipboard?.writeText($0.textContent))",
                        command);
        add(
                new H2("Verify it yourself, without a network"),
                steps(),
                command,
                Parts.div("row", copy, verifierPage()),
                new Paragraph(
                        "Pin both keys: write them down today, from more than one place, and never take them from whoever hands you a bundle. A key that came with the evidence proves nothing."),
                new H2("What this can’t show"),
                limits());
    }

    void show(LedgerAnswer ledger) {
        var witnesses = ledger.witnesses().stream().map(WitnessSeen::key).collect(Collectors.joining(","));
        command.setText("./velvet verify evidence.zip \\\n    --key '" + ledger.logKey() + "'"
                + (witnesses.isEmpty() ? "" : " \\\n    --witness '" + witnesses + "'"));
    }

    /** The whole verifier as one page: whoever has nothing but a browser opens it from disk. */
    static Anchor verifierPage() {
        var page = new Anchor(
                DownloadHandler.forClassResource(Verifier.class, "page/verify.html", "verify.html"),
                AttachmentType.DOWNLOAD,
                "");
        page.add(Icon.small("download"), new Span("Save verify.html"));
        Parts.classed(page, "btn xs");
        page.setTitle("The same verifier for a browser without a network; paste the keys into it");
        return page;
    }

    private static OrderedList steps() {
        var list = new OrderedList();
        list.add(
                new ListItem(new Span("Take a bundle: open an incident and press “Prove it”.")),
                new ListItem(
                        new Span(
                                "Bring it to a machine that you trust, with this program or your own: the formats are public.")),
                new ListItem(
                        new Span(
                                "Run this, or open verify.html there in a browser. Exit code 0, or PROVEN, means every byte leads to the checkpoint that the key signed.")));
        return list;
    }

    private static UnorderedList limits() {
        var list = new UnorderedList();
        list.addClassName("dots");
        list.add(
                new ListItem(new Span("That an event was never sent to us. The ledger keeps what was said.")),
                new ListItem(new Span("That what was reported was true.")),
                new ListItem(new Span(
                        "A history rewritten by the administrator, the log’s key and every witness together.")),
                new ListItem(new Span("Anything after the newest witnessed checkpoint.")));
        return list;
    }
}
