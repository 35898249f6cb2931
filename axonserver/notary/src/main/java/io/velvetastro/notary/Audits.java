package io.velvetastro.notary;

import io.velvetastro.language.AuditCommand.AskForAudit;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Forensics;
import io.velvetastro.questions.Forensics.AuditAsked;
import io.velvetastro.questions.Forensics.AuditsAnswer;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Takes the wish for a round through the whole store, and tells an organisation what rounds have found. */
@Component
class Audits {
    private static final int MOST = 200;

    private final AuditBook book;
    private final LedgerTables tables;
    private final LedgerKeys keys;

    Audits(AuditBook book, LedgerTables tables, LedgerKeys keys) {
        this.book = book;
        this.tables = tables;
        this.keys = keys;
    }

    @CommandHandler
    AuditAsked ask(AskForAudit order) {
        return book.ask(order.tenant());
    }

    @QueryHandler
    AuditsAnswer answer(Forensics.Audits asked) {
        return new AuditsAnswer(
                book.waiting().map(AuditBook.Wish::at).orElse(null),
                book.newest(Math.clamp(asked.limit(), 1, MOST), logs(asked.tenant())));
    }

    /** Its own, and those that are nobody's: what is wrong there is wrong for everybody. */
    private List<String> logs(TenantId tenant) {
        var logs = new ArrayList<>(List.of(StoreAudit.STORE, keys.origin()));
        tables.find(tenant).map(LedgerTables.Log::name).ifPresent(logs::add);
        return logs;
    }
}
