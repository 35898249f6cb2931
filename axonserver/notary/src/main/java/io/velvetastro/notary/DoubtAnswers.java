package io.velvetastro.notary;

import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics.Acknowledged;
import io.velvetastro.questions.Forensics.DoubtList;
import io.velvetastro.questions.Forensics.DoubtRow;
import io.velvetastro.questions.Forensics.DoubtsAnswer;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells an organisation of its doubts in the reader's words: what was said about each is opened. */
@Component
class DoubtAnswers {
    private final DoubtBook book;
    private final Seals seals;

    DoubtAnswers(DoubtBook book, Seals seals) {
        this.book = book;
        this.seals = seals;
    }

    @QueryHandler
    DoubtsAnswer answer(DoubtList asked) {
        return new DoubtsAnswer(book.of(asked.tenant()).stream()
                .map(entry -> row(asked.tenant(), entry))
                .toList());
    }

    private DoubtRow row(TenantId tenant, DoubtBook.Entry entry) {
        return new DoubtRow(
                entry.leaf(), entry.eventId(), entry.type(), entry.foundAt(), acknowledged(tenant, entry.said()));
    }

    private @Nullable Acknowledged acknowledged(TenantId tenant, DoubtBook.@Nullable Said said) {
        return said == null
                ? null
                : new Acknowledged(
                        said.actor(), seals.open(tenant, said.reason()).orElse(null), said.at());
    }
}
