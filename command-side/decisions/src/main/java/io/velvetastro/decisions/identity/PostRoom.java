package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.FORBIDDEN;
import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;

import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.decisions.post.Postman;
import io.velvetastro.language.AccessEvent.LetterOpened;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.LetterBox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets whoever runs the house read letters that nothing sends; each reading is on the record, for a letter may be somebody's way in. */
class PostRoom implements LetterBox {
    private final Outbox outbox;
    private final Postman postman;
    private final AccessRecord record;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PostRoom(Outbox outbox, Postman postman, AccessRecord record, TransactionTemplate transaction, Clock clock) {
        this.outbox = outbox;
        this.postman = postman;
        this.record = record;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public boolean sends() {
        return postman.sends();
    }

    @Override
    public List<LetterRow> newest(Caller caller) {
        runsTheHouse(caller);
        return outbox.newest().stream()
                .map(it -> new LetterRow(
                        it.id(), it.kind(), it.to(), it.writtenAt(), it.goodUntil(), it.sentAt(), it.tries()))
                .toList();
    }

    @Override
    public LetterText open(Caller caller, UUID letter) {
        runsTheHouse(caller);
        if (sends()) throw new Refused(NOT_AS_IT_STANDS, "Letters are sent, and nobody reads them here.");
        return transaction.execute(status -> {
            var words = outbox.words(letter).orElseThrow(Refused::notFound);
            record.keep(new LetterOpened(caller.tenant(), letter, clock.instant()));
            return new LetterText(words.subject(), words.text());
        });
    }

    private static void runsTheHouse(Caller caller) {
        if (!caller.may(Authority.PLATFORM_ADMIN))
            throw new Refused(FORBIDDEN, "This takes an administrator of the house.");
    }
}
