package io.velvetastro.screens.testing;

import io.velvetastro.language.Caller;
import io.velvetastro.questions.LetterBox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A box with one letter that can be read, and one that was sent. */
public final class FakeLetterBox implements LetterBox {
    private final Instant now;

    public FakeLetterBox(Instant now) {
        this.now = now;
    }

    @Override
    public boolean sends() {
        return false;
    }

    @Override
    public List<LetterRow> newest(Caller caller) {
        return List.of(
                new LetterRow(
                        UUID.randomUUID(),
                        "password reset",
                        "ada@example.org",
                        now.minusSeconds(60),
                        now.plusSeconds(1_700),
                        null,
                        0),
                new LetterRow(
                        UUID.randomUUID(),
                        "notice",
                        "grace@example.org",
                        now.minusSeconds(6_000),
                        now.plusSeconds(60_000),
                        now.minusSeconds(5_900),
                        1));
    }

    @Override
    public LetterText open(Caller caller, UUID letter) {
        return new LetterText(
                "Velvet Astro: Choose a new password", "Choose it here:\nhttp://localhost:8080/reset#abc\n");
    }
}
