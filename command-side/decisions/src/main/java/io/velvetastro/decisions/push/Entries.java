package io.velvetastro.decisions.push;

import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import io.velvetastro.questions.Audit.RecordPiece;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record as its readers see it; nothing where it cannot be read just now. */
public interface Entries {
    Optional<RecordPiece> after(TenantId tenant, long place, @Nullable Long upTo, int most);

    Optional<RecordEndAnswer> end(TenantId tenant, long after);
}
