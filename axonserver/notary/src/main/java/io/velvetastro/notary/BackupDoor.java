package io.velvetastro.notary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Backups;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.Proof;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets whoever runs the platform take all of it along, while it serves. */
@RestController
@RequestMapping("/api/v1/platform/backup")
@Tag(name = "Platform")
class BackupDoor {
    private static final Logger LOG = LoggerFactory.getLogger(BackupDoor.class);

    private final Backups backups;
    private final Proof proof;

    BackupDoor(Backups backups, Proof proof) {
        this.backups = backups;
        this.proof = proof;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('" + Authority.Text.PLATFORM_ADMIN + "')")
    @Operation(summary = "Everything as of now in one file, without the keys; ./velvet restore puts it back")
    void backup(@AuthenticationPrincipal Caller caller, HttpServletResponse answer) throws IOException {
        proof.needed();
        LOG.warn("{} takes a backup", caller.actor());
        answer.setContentType("application/zip");
        answer.setHeader("Content-Disposition", "attachment; filename=\"velvet.backup\"");
        answer.setHeader("Cache-Control", "no-store");
        backups.write(answer.getOutputStream());
    }
}
