package io.velvetastro.decisions.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.LetterBox;
import io.velvetastro.questions.LetterBox.LetterRow;
import io.velvetastro.questions.LetterBox.LetterText;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The outbox, for whoever runs the house. */
@RestController
@RequestMapping("/api/v1/outbox")
@PreAuthorize("hasAuthority('" + Authority.Text.PLATFORM_ADMIN + "')")
@Tag(name = "outbox")
class PostDoor {
    private final LetterBox letters;

    PostDoor(LetterBox letters) {
        this.letters = letters;
    }

    record Page<T>(List<T> items, @Nullable String next) {}

    @GetMapping
    @Operation(summary = "The newest letters to people, sent or not; their words are not in the list")
    Page<LetterRow> newest(@AuthenticationPrincipal Caller caller) {
        return new Page<>(letters.newest(caller), null);
    }

    @GetMapping("/{letter}")
    @Operation(summary = "Read a letter, where no mail server sends them; each reading is recorded")
    ResponseEntity<LetterText> open(@AuthenticationPrincipal Caller caller, @PathVariable UUID letter) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(letters.open(caller, letter));
    }
}
