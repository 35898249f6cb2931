package io.velvetastro.notary;

import static io.velvetastro.notary.History.ELSEWHERE;
import static io.velvetastro.notary.History.HERE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CensusId;
import io.velvetastro.language.Refused;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Stretch;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The house's count of a log goes on behind one that only came late, and not behind one that is not its own. */
@TestPropertySource(properties = "velvet.ledger.sign-every=44ms") // A past of its own: what is done to it stays.
@DirtiesContext
class CountsInDoubtTest extends WithAPast {
    @Autowired
    Censuses censuses;

    /** A clock was put right: the first event after that comes late, and that is the house's own count. */
    @Test
    void aCountThatOnlyCameLateStillCounts() {
        history.unfold(20);
        untilWitnessed();
        censuses.take(HERE);
        untilWitnessed();
        long late = requireNonNull(
                censuses.taken(HERE).keySet().stream().max(Long::compare).orElse(null));
        db.update(
                "INSERT INTO ledger.doubts (position, log) VALUES (?, ?)",
                late,
                tables.find(HERE).orElseThrow().number());
        history.unfold(20);
        untilWitnessed();
        long size = tables.size(tables.find(HERE).orElseThrow().number());
        censuses.take(HERE);
        untilWitnessed();
        assertThat(censuses.taken(HERE)).containsKey(late);
        assertThat(counted(HERE)).isEqualTo(size);
    }

    @Test
    void behindACountThatIsNotItsOwnTheHouseCountsNothingAndSaysSo() {
        history.unfold(20);
        untilWitnessed();
        censuses.take(ELSEWHERE);
        long own = counted(ELSEWHERE);
        var before = db.queryForObject("SELECT count(*) FROM ledger.censuses", Long.class);
        db.update(
                "INSERT INTO store.decisions (aggregateIdentifier, sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData)"
                        + " SELECT aggregateIdentifier, sequenceNumber + 1, type, ?, timeStamp, payloadType, payloadRevision,"
                        + " convert_to(regexp_replace(convert_from(payload, 'UTF8'), '\"to\":[0-9]+', '\"to\":1000000'), 'UTF8'), metaData"
                        + " FROM store.decisions WHERE aggregateIdentifier = ? ORDER BY sequenceNumber DESC LIMIT 1",
                UUID.randomUUID().toString(),
                CensusId.of(ELSEWHERE).toString());
        history.unfold(20);
        untilWitnessed();
        for (int asked = 0; asked < 2; asked++)
            assertThatThrownBy(() -> censuses.take(ELSEWHERE))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("1000000")
                    .hasMessageContaining("its own ends at " + own);
        assertThat(db.queryForObject("SELECT count(*) FROM ledger.censuses", Long.class))
                .as("nothing is kept of a count in vain")
                .isEqualTo(before);
    }

    private long counted(TenantId tenant) {
        return censuses.taken(tenant).values().stream()
                .mapToLong(Stretch::to)
                .max()
                .orElse(0);
    }
}
