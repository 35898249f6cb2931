package io.velvetastro.screens.forensics;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.velvetastro.language.IncidentId;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Asks why before evidence leaves the house, has it packed, and hands the bundle to the browser. */
public class HandOutDialog extends Ask {
    private final Desk desk;
    private final Wanted wanted;
    private final Runnable done;
    private final TextField reason = new TextField("Reason");
    private @Nullable Path file;

    public HandOutDialog(Desk desk, String what, Wanted wanted, Runnable done) {
        super("Prove " + what, "Pack evidence");
        this.desk = desk;
        this.wanted = wanted;
        this.done = done;
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(500);
        reason.setHelperText("Who it is for and why; it stays in the custody log, sealed");
        body.add(
                target("Every event " + what + " rests on, each with its proof, in one file that verifies offline."),
                reason,
                new Paragraph("Taking evidence is recorded, and the record goes along in the file."));
        reason.focus();
        addDetachListener(gone -> delete());
    }

    /** Proof of an incident: its decisions, its findings, and the events they rest on. */
    public static HandOutDialog of(Desk desk, String number, IncidentId incident, Runnable done) {
        return new HandOutDialog(desk, number, new Wanted.OfIncident(incident), done);
    }

    @Override
    protected void confirm() {
        if (reason.getValue().isBlank()) {
            reason.setInvalid(true);
            reason.setErrorMessage("Say why, for whoever reads the custody log");
            reason.focus();
            return;
        }
        reason.setInvalid(false);
        busy();
        desk.handOut(this, wanted, desk.sealed(reason.getValue().strip()), this::hand, this::refuse);
    }

    private void hand(Path packed) {
        file = packed;
        var save = new Anchor(DownloadHandler.forFile(packed.toFile(), "evidence.zip"), AttachmentType.DOWNLOAD, "");
        save.add(
                Icon.small("download"),
                new Span("Save evidence.zip, "
                        + Words.count(Math.max(1, packed.toFile().length() / 1024)) + " KB"));
        Parts.classed(save, "btn pri wide");
        save.setId("save-evidence");
        body.removeAll();
        body.add(
                new Paragraph(
                        "Packed and recorded. Verify it on any machine, without a network: see “Verify it yourself”, or open verify.html there."),
                save,
                VerifyPane.verifierPage());
        getFooter().removeAll();
        getFooter().add(Parts.button("gho", "Close", press -> close()));
        save.getElement().executeJs("this.click(); this.focus()");
        done.run();
    }

    private void delete() {
        try {
            if (file != null) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
