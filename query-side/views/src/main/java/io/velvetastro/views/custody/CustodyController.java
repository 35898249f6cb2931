package io.velvetastro.views.custody;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.Forensics.CustodyLog;
import io.velvetastro.questions.Forensics.CustodyRow;
import io.velvetastro.questions.Forensics.DrillRow;
import io.velvetastro.questions.Forensics.Drills;
import io.velvetastro.views.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The chain of custody to read. */
@RestController
@RequestMapping("/api/v1/forensics")
@Tag(name = "forensics")
class CustodyController {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.INCIDENTS_READ + "')";
    private final CustodyQueries custody;

    CustodyController(CustodyQueries custody) {
        this.custody = custody;
    }

    @GetMapping("/exports")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "Who took evidence out of the house, what, when and why, newest first")
    Page<CustodyRow> exports(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = custody.answer(new CustodyLog(caller.tenant(), cursor, limit));
        return new Page<>(page.items(), page.next());
    }

    @GetMapping("/drills")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "How tamper drills went, newest first")
    Page<DrillRow> drills(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "50") int limit) {
        return Page.all(custody.answer(new Drills(caller.tenant(), limit)).items());
    }
}
