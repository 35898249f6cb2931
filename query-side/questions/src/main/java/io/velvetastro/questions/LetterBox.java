package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where whoever runs the house reads the letters that nothing sends, and sees what became of the others. A port and no message: a letter may hold somebody's way in. The caller must be the one this thread works for. */
public interface LetterBox {

    /** @param sentAt absent for one that still lies here */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LetterRow(
            UUID id,
            String kind,
            String to,
            Instant writtenAt,
            Instant goodUntil,
            @Nullable Instant sentAt,
            int tries) {}

    /** What one says. */
    record LetterText(String subject, String text) {
        @Override
        public String toString() {
            return "LetterText";
        }
    }

    /** Whether letters leave the house, through a mail server. */
    boolean sends();

    List<LetterRow> newest(Caller caller);

    /** Only where nothing sends them, only while it is of use, and each time on the record. */
    LetterText open(Caller caller, UUID letter);
}
