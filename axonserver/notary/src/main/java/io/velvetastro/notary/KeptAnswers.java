package io.velvetastro.notary;

import io.velvetastro.language.Plans;
import io.velvetastro.language.PrivacyEvent.Cause;
import io.velvetastro.language.Shredder;
import io.velvetastro.questions.Kept.Ending;
import io.velvetastro.questions.Kept.HowLongKept;
import io.velvetastro.questions.Kept.HowLongKeptAnswer;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Says what will end and when, so that nobody is surprised: as it stands, and as it will once the plan of this moment is on record. */
@Component
class KeptAnswers {
    private final PrivacyBook book;
    private final Plans plans;
    private final Shredder shredder;
    private final Clock clock;

    KeptAnswers(PrivacyBook book, Plans plans, Shredder shredder, Clock clock) {
        this.book = book;
        this.plans = plans;
        this.shredder = shredder;
        this.clock = clock;
    }

    @QueryHandler
    HowLongKeptAnswer answer(HowLongKept asked) {
        var now = clock.instant();
        var page = book.of(asked.tenant());
        var keeping = plans.of(asked.tenant())
                .map(plan -> page.keeping().with(plan, now))
                .orElse(page.keeping());
        var ending = shredder.months().getOrDefault(asked.tenant(), Set.of()).stream()
                .flatMap(month -> ending(month, keeping, now))
                .sorted(Comparator.comparing(Ending::at).thenComparing(Ending::month))
                .toList();
        return new HowLongKeptAnswer(
                keeping.own(),
                keeping.byPlan(),
                keeping.from().isAfter(now) ? keeping.from() : null,
                !page.holds().isEmpty(),
                ending);
    }

    private static Stream<Ending> ending(YearMonth month, Keeping keeping, Instant now) {
        return keeping.endOf(month, now).stream()
                .map(end -> new Ending(month.toString(), end.at(), end.because() == Cause.PLAN));
    }
}
