package io.velvetastro.decisions.push;

import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit.RecordAfter;
import io.velvetastro.questions.Audit.RecordEnd;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import io.velvetastro.questions.Audit.RecordPiece;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the room that shows the record, wherever it runs. */
public final class AskedEntries implements Entries {
    private static final Logger log = LoggerFactory.getLogger(AskedEntries.class);
    private static final long PATIENCE_SECONDS = 5;

    private final QueryGateway queries;

    public AskedEntries(QueryGateway queries) {
        this.queries = queries;
    }

    @Override
    public Optional<RecordPiece> after(TenantId tenant, long place, @Nullable Long upTo, int most) {
        return ask(new RecordAfter(tenant, place, upTo, most), RecordPiece.class);
    }

    @Override
    public Optional<RecordEndAnswer> end(TenantId tenant, long after) {
        return ask(new RecordEnd(tenant, after), RecordEndAnswer.class);
    }

    private <A> Optional<A> ask(Object question, Class<A> answer) {
        try {
            return Optional.of(queries.query(question, answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unanswered) {
            log.debug("Nobody reads the record just now", unanswered);
        }
        return Optional.empty();
    }
}
