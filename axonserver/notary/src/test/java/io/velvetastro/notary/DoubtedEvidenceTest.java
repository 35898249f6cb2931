package io.velvetastro.notary;

import static io.velvetastro.notary.History.HERE;
import static io.velvetastro.notary.History.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Caller;
import io.velvetastro.language.CensusId;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.Stream;
import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.questions.EvidenceDoor;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What the house doubts it does not hand out without saying so. */
@TestPropertySource(properties = "velvet.ledger.sign-every=45ms") // A past of its own: what is done to it stays.
@DirtiesContext
class DoubtedEvidenceTest extends WithAPast {
    @Autowired
    EvidenceDoor evidence;

    @Autowired
    Censuses censuses;

    @Autowired
    void everyCommandNamesItsCaller(CommandBus commands) {
        commands.registerDispatchInterceptor(messages ->
                (index, command) -> command.getMetaData().containsKey(Envelope.TENANT)
                        ? command
                        : command.andMetaData(Envelope.of(HERE, "member:" + new UUID(1, 2), Instant.EPOCH)));
    }

    @Test
    void anEventThatWasChangedInTheSecondBeforeIsProvenAndDoubted() throws IOException {
        var honest = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(honest));
        untilWitnessed();
        assertThat(doubted(report(), honest.id().toString())).isFalse();

        notary.stop();
        var changed = History.fact(HERE);
        journal.append(Stream.TELEMETRY, List.of(changed));
        db.update(
                "UPDATE store.telemetry SET revision = '7' WHERE event_id = ?",
                changed.id().value());
        int before = tables.doubts().size();
        notary.start();
        until("it is doubted", () -> tables.doubts().size() == before + 1);
        untilWitnessed();

        var report = report();
        assertThat(doubted(report, changed.id().toString())).isTrue();
        assertThat(doubted(report, honest.id().toString())).isFalse();
        assertThat(report.notProven()).anyMatch(line -> line.contains("doubted events"));
        aBundleOfOtherEventsSaysTheSameOfTheLog(report);
        whereTheListOfDoubtsIsGoneTheRowsOwnMacTells(changed.id().toString());
    }

    @Test
    void aCensusThatSomebodyHasWrittenIntoTheTablesCountsForNothing() {
        history.unfold(20);
        untilWitnessed();
        notary.stop();
        var forged = "{\"tenant\":\"%s\",\"from\":0,\"to\":7,\"ids\":0,\"root\":\"%s\",\"at\":\"2026-03-01T10:00:00Z\"}"
                .formatted(HERE, Hash.EMPTY.base64());
        db.update(
                "INSERT INTO store.decisions (aggregateIdentifier, sequenceNumber, type, eventIdentifier, timeStamp, payloadType, payloadRevision, payload, metaData)"
                        + " VALUES (?, 4711, 'Census', ?, '2026-03-01T10:00:00.000Z', 'io.velvetastro.language.CensusEvent$CensusTaken', '1', ?, ?)",
                CensusId.of(HERE).toString(),
                UUID.randomUUID().toString(),
                forged.getBytes(UTF_8),
                ("{\"tenant\":\"" + HERE + "\",\"actor\":\"service:census\"}").getBytes(UTF_8));
        notary.start();
        untilWitnessed();
        assertThat(censuses.taken(HERE).values())
                .as("what the log itself has counted")
                .noneMatch(stretch -> stretch.to() == 7);
    }

    /** Or else its note, which knows of no doubt, could be put in the place of this one's. */
    private void aBundleOfOtherEventsSaysTheSameOfTheLog(Report doubting) throws IOException {
        var from = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        journal.append(Stream.TELEMETRY, List.of(History.fact(HERE)));
        untilWitnessed();
        var other = report(from);
        assertThat(other.events()).noneMatch(event -> other.doubted(event).isPresent());
        assertThat(requireNonNull(other.doubts()).leaves())
                .isEqualTo(requireNonNull(doubting.doubts()).leaves());
    }

    private void whereTheListOfDoubtsIsGoneTheRowsOwnMacTells(String id) throws IOException {
        db.execute("ALTER TABLE ledger.doubts RENAME TO kept_aside");
        db.execute("CREATE TABLE ledger.doubts (LIKE ledger.kept_aside INCLUDING ALL)");
        db.execute("GRANT SELECT, INSERT ON ledger.doubts TO velvet_ledger");
        try {
            assertThat(doubted(report(), id)).isTrue();
        } finally {
            db.execute("DROP TABLE ledger.doubts");
            db.execute("ALTER TABLE ledger.kept_aside RENAME TO doubts");
        }
    }

    private static boolean doubted(Report report, String id) {
        var event = report.events().stream()
                .filter(proven -> proven.eventId().equals(id))
                .findFirst()
                .orElseThrow();
        return report.doubted(event).isPresent();
    }

    private Report report() throws IOException {
        return report(Instant.EPOCH);
    }

    private Report report(Instant from) throws IOException {
        var caller = new Caller(
                HERE, new MemberId(new UUID(1, 2)), Role.values()[0], "Ada", "ada@example.com", "Ex", Plan.values()[0]);
        var all = new Wanted.OfTime(from, Instant.now().plus(Duration.ofDays(1)));
        var file = evidence.handOut(caller, all, null);
        var log = keys.log().stream().map(SigningKey::verifier).findFirst().orElseThrow();
        try (var bundle = Bundle.open(file)) {
            return Verifier.verify(bundle, Trust.in(log, List.of()));
        } finally {
            Files.delete(file);
        }
    }
}
