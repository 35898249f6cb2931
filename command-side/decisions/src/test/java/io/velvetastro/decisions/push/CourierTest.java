package io.velvetastro.decisions.push;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.TurnedClock;
import io.velvetastro.decisions.door.SealedSecrets;
import io.velvetastro.decisions.push.Pushes.Due;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Network;
import io.velvetastro.language.Plan;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.questions.Audit.PlacedRow;
import io.velvetastro.questions.Audit.RecordEndAnswer;
import io.velvetastro.questions.Audit.RecordPiece;
import io.velvetastro.questions.RecordPush.Problem;
import io.velvetastro.questions.RecordPush.PushState;
import io.velvetastro.questions.RecordPush.State;
import io.velvetastro.store.testing.FreshDatabase;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What stands in an organisation's record arrives at its receiver: all of it, in order, under names that tell a repetition, and nowhere else. */
class CourierTest {
    private static final Duration A_WHILE = Duration.ofHours(2);
    private static final String SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
    private static final String ANOTHER = "whsec_" + "ZmVkY2JhWllYV1ZVVFNSUVBPTk1MS0pJSEdGRURDQkE=";

    private final TurnedClock clock = new TurnedClock();
    private final WrittenRecord record = new WrittenRecord();
    private final Heard heard = new Heard();
    private final Inbox inbox = new Inbox();
    private final TenantId ours = new TenantId(UUID.randomUUID());
    private JdbcClient db;
    private TransactionTemplate transaction;
    private Pushes pushes;
    private Messenger messenger;
    private Courier courier;

    /** A record that a test writes. */
    private static final class WrittenRecord implements Entries {
        private final Map<TenantId, List<PlacedRow>> rows = new HashMap<>();
        private long place = 100;

        void write(TenantId tenant, int entries) {
            IntStream.range(0, entries).forEach(i -> write(tenant, "n=" + (size(tenant) + 1)));
        }

        void write(TenantId tenant, String says) {
            place += 7;
            rows.computeIfAbsent(tenant, key -> new ArrayList<>())
                    .add(new PlacedRow(
                            place,
                            new AuditRow(
                                    new EventId(UUID.randomUUID()),
                                    Instant.parse("2026-11-23T10:00:00Z").plusSeconds(place),
                                    "RoleGiven",
                                    "member:1",
                                    "Mira",
                                    says)));
        }

        int size(TenantId tenant) {
            return rows.getOrDefault(tenant, List.of()).size();
        }

        @Override
        public Optional<RecordPiece> after(TenantId tenant, long after, @Nullable Long upTo, int most) {
            return Optional.of(new RecordPiece(rows.getOrDefault(tenant, List.of()).stream()
                    .filter(row -> row.place() > after && (upTo == null || row.place() <= upTo))
                    .limit(most)
                    .toList()));
        }

        @Override
        public Optional<RecordEndAnswer> end(TenantId tenant, long after) {
            throw new UnsupportedOperationException("nobody asks here");
        }
    }

    private static final class Heard implements PushNews {
        private final List<String> news = new ArrayList<>();

        @Override
        public void paused(TenantId tenant, Instant failingSince, Instant at) {
            news.add("paused " + tenant);
        }

        @Override
        public void resumed(TenantId tenant, Instant at) {
            news.add("resumed " + tenant);
        }
    }

    @BeforeEach
    void aReceiver() throws Exception {
        var database = new DriverManagerDataSource(FreshDatabase.url());
        Flyway.configure()
                .dataSource(database)
                .schemas("identity")
                .locations("classpath:db/identity")
                .load()
                .migrate();
        db = JdbcClient.create(database);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        pushes = new Pushes(db, new SealedSecrets(new byte[32]), clock);
        var reachable = reachable();
        messenger = new Messenger(
                reachable,
                InetAddress::getAllByName,
                SSLContext.getDefault(),
                Messenger.Patience.USUAL,
                Courier.AT_ONCE);
        courier = new Courier(
                pushes,
                record,
                messenger,
                reachable,
                heard,
                transaction,
                JsonMapper.builder().build(),
                Duration.ofDays(5),
                clock);
        organization(ours, Plan.PRO);
        pushes.set(ours, Receiver.of(inbox.url(), reachable), SECRET, 0);
    }

    private static Reachable reachable() {
        return new Reachable(List.of(Network.of("127.0.0.0/8")), Set.of(443), "");
    }

    @AfterEach
    void close() {
        courier.close();
        messenger.close();
        inbox.close();
    }

    private void organization(TenantId id, Plan plan) {
        db.sql("insert into identity.organization (id, name, plan, created_at) values (?, 'Ours', ?, ?)")
                .params(id.value(), plan.name(), clock.instant().atOffset(UTC))
                .update();
    }

    /** Everything that is due, until nothing is. */
    private void goRound() {
        for (var due = pushes.take(16); !due.isEmpty(); due = pushes.take(16)) due.forEach(courier::deliver);
    }

    private void laterOn() {
        clock.turnOn(A_WHILE);
        goRound();
    }

    private PushState state() {
        return pushes.state(ours, null).orElseThrow();
    }

    private List<String> cameWhole() {
        return inbox.came().stream().flatMap(it -> it.says().stream()).toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "n=" + i).toList();
    }

    @Test
    void entriesGoOutOldestFirstAndSigned() {
        record.write(ours, 250);
        goRound();
        assertThat(cameWhole()).isEqualTo(numbers(1, 250));
        assertThat(inbox.came()).as("a hundred at a time").hasSize(3);
        assertThat(inbox.came()).allMatch(it -> it.isTakenWith(SECRET)).noneMatch(it -> it.isTakenWith(ANOTHER));
        assertThat(inbox.came().stream().map(Inbox.Delivery::id)).doesNotHaveDuplicates();
        var first = inbox.came().getFirst().json();
        assertThat(first.path("type").asString()).isEqualTo("record.entries");
        assertThat(first.path("data").path("organization").asString()).isEqualTo(ours.toString());
        assertThat(first.path("data").path("items").path(0).propertyNames())
                .containsExactlyInAnyOrder("id", "at", "type", "actor", "by", "says");
        assertThat(state().state()).isEqualTo(State.ON);
        assertThat(state().delivered()).isEqualTo(250);
        laterOn();
        assertThat(inbox.came()).as("once").hasSize(3);
    }

    @Test
    void eachOrganisationsReceiverGetsItsOwnAndNothingElse() {
        var theirs = new TenantId(UUID.randomUUID());
        organization(theirs, Plan.PRO);
        try (var another = new Inbox()) {
            pushes.set(theirs, Receiver.of(another.url(), reachable()), ANOTHER, 0);
            record.write(ours, 3);
            record.write(theirs, "theirs");
            goRound();
            assertThat(cameWhole()).isEqualTo(numbers(1, 3));
            assertThat(another.came()).hasSize(1);
            assertThat(another.came().getFirst().says()).containsExactly("theirs");
            assertThat(another.came().getFirst().isSignedWith(ANOTHER)).isTrue();
            assertThat(another.came().getFirst().isSignedWith(SECRET)).isFalse();
        }
    }

    @Test
    void whatIsNotTakenGoesAgainUnderTheSameNameAndInOrder() {
        record.write(ours, 2);
        inbox.answers(500);
        goRound();
        assertThat(state().state()).isEqualTo(State.FAILING);
        assertThat(state().problem()).isEqualTo(Problem.STATUS);
        assertThat(state().status()).isEqualTo(500);
        record.write(ours, 3);
        goRound();
        assertThat(inbox.came()).as("not at once").hasSize(1);
        laterOn();
        inbox.answers(204);
        laterOn();
        var came = inbox.came();
        assertThat(came).hasSize(4);
        assertThat(came.get(1).id()).isEqualTo(came.get(0).id());
        assertThat(came.get(2).id()).isEqualTo(came.get(0).id());
        assertThat(came.get(2).body()).isEqualTo(came.get(0).body());
        assertThat(came.get(2).timestamp()).isNotEqualTo(came.get(0).timestamp());
        assertThat(came.get(2).says()).isEqualTo(numbers(1, 2));
        assertThat(came.get(3).id()).isNotEqualTo(came.get(0).id());
        assertThat(came.get(3).says()).isEqualTo(numbers(3, 5));
        assertThat(state().state()).isEqualTo(State.ON);
        assertThat(state().problem()).isNull();
    }

    /** Whoever took it is cut off between the answer and the note of it. */
    @Test
    void whatWasTakenAndNotNotedGoesAgainUnderTheSameName() {
        record.write(ours, 2);
        var cutOff = pushes.take(16).getFirst();
        var name = pushes.begin(cutOff, record.rows.get(ours).getLast().place()).orElseThrow();
        record.write(ours, 1);
        laterOn();
        assertThat(inbox.came().getFirst().id())
                .isEqualTo("msg_" + name.toString().replace("-", ""));
        assertThat(inbox.came().getFirst().says()).isEqualTo(numbers(1, 2));
        assertThat(cameWhole()).isEqualTo(numbers(1, 3));
    }

    @Test
    void noTwoTakeTheSame() {
        record.write(ours, 1);
        assertThat(pushes.take(16)).hasSize(1);
        assertThat(pushes.take(16)).isEmpty();
    }

    @Test
    void theWaitGrowsAndHasAnEnd() {
        record.write(ours, 1);
        inbox.answers(503);
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 12; i++) {
            laterOn();
            waits.add(Duration.between(clock.instant(), state().nextTryAt()));
        }
        assertThat(waits.getFirst()).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(waits.get(4)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(240));
        assertThat(waits.getLast()).isBetween(Duration.ofMinutes(25), Duration.ofHours(1));
    }

    @Test
    void aReceiverThatAsksForTimeHasItButNotForEver() {
        record.write(ours, 1);
        inbox.answers(503, "Retry-After", "7200");
        goRound();
        assertThat(Duration.between(clock.instant(), state().nextTryAt()))
                .isBetween(Duration.ofMinutes(110), Duration.ofMinutes(120));
        inbox.answers(503, "Retry-After", "9000000");
        clock.turnOn(Duration.ofHours(1));
        laterOn();
        assertThat(Duration.between(clock.instant(), state().nextTryAt()))
                .isBetween(Duration.ofMinutes(350), Duration.ofHours(6));
    }

    @Test
    void afterFiveDaysItIsPausedAndGoesOnFromThereOnceATrialIsTaken() {
        record.write(ours, 2);
        inbox.answers(500);
        goRound();
        clock.turnOn(Duration.ofDays(4));
        goRound();
        assertThat(state().state()).isEqualTo(State.FAILING);
        clock.turnOn(Duration.ofDays(1));
        goRound();
        assertThat(state().state()).isEqualTo(State.PAUSED);
        assertThat(heard.news).containsExactly("paused " + ours);
        int tries = inbox.came().size();
        record.write(ours, 2);
        laterOn();
        assertThat(inbox.came()).as("nobody is bothered any more").hasSize(tries);
        pushes.wantTrial(ours);
        goRound();
        assertThat(inbox.came().getLast().json().path("type").asString()).isEqualTo("record.trial");
        assertThat(state().trial().status()).isEqualTo(500);
        assertThat(state().state())
                .as("a trial that is not taken changes nothing")
                .isEqualTo(State.PAUSED);
        inbox.answers(200);
        inbox.came().clear();
        pushes.wantTrial(ours);
        goRound();
        assertThat(inbox.came().getFirst().json().path("type").asString()).isEqualTo("record.trial");
        assertThat(inbox.came().getFirst().isSignedWith(SECRET)).isTrue();
        assertThat(cameWhole()).isEqualTo(numbers(1, 4));
        assertThat(state().state()).isEqualTo(State.ON);
        assertThat(state().trial().problem()).isNull();
        assertThat(heard.news).containsExactly("paused " + ours, "resumed " + ours);
    }

    @Test
    void whoWantsNoMoreIsLeftInPeaceAtOnce() {
        record.write(ours, 1);
        inbox.answers(410);
        goRound();
        assertThat(state().state()).isEqualTo(State.PAUSED);
        assertThat(state().problem()).isEqualTo(Problem.GONE);
        assertThat(heard.news).containsExactly("paused " + ours);
    }

    @Test
    void whatWasBegunForOneAddressGoesWholeToTheNext() {
        record.write(ours, 2);
        var begun = pushes.take(16).getFirst();
        try (var next = new Inbox()) {
            pushes.set(ours, Receiver.of(next.url(), reachable()), ANOTHER, 999_999);
            courier.deliver(begun);
            assertThat(inbox.came()).isEmpty();
            goRound();
            assertThat(next.came()).hasSize(1);
            assertThat(next.came().getFirst().says()).as("its place is kept").isEqualTo(numbers(1, 2));
            assertThat(next.came().getFirst().isSignedWith(SECRET)).isFalse();
            assertThat(state().delivered()).as("since it was set").isEqualTo(2);
        }
    }

    @Test
    void removedMeanwhileNothingGoes() {
        record.write(ours, 1);
        var begun = pushes.take(16).getFirst();
        assertThat(pushes.remove(ours)).isTrue();
        courier.deliver(begun);
        assertThat(inbox.came()).isEmpty();
        assertThat(pushes.state(ours, null)).isEmpty();
    }

    @Test
    void withANewSecretBothSignUntilTheOldOneEnds() {
        pushes.renew(ours, ANOTHER, clock.instant().plus(Duration.ofDays(1)));
        record.write(ours, 1);
        goRound();
        assertThat(inbox.came().getFirst().isSignedWith(SECRET)).isTrue();
        assertThat(inbox.came().getFirst().isSignedWith(ANOTHER)).isTrue();
        clock.turnOn(Duration.ofDays(1));
        record.write(ours, 1);
        goRound();
        assertThat(inbox.came().getLast().says()).isEqualTo(numbers(2, 2));
        assertThat(inbox.came().getLast().isSignedWith(SECRET)).isFalse();
        assertThat(inbox.came().getLast().isSignedWith(ANOTHER)).isTrue();
    }

    @Test
    void aPlanThatDoesNotHaveItHoldsItUntilOneDoes() {
        db.sql("update identity.organization set plan = 'FREE' where id = ?")
                .param(ours.value())
                .update();
        record.write(ours, 1);
        goRound();
        assertThat(inbox.came()).isEmpty();
        assertThat(state().problem()).isEqualTo(Problem.PLAN);
        db.sql("update identity.organization set plan = 'PRO' where id = ?")
                .param(ours.value())
                .update();
        laterOn();
        assertThat(cameWhole()).isEqualTo(numbers(1, 1));
        assertThat(state().problem()).isNull();
    }

    @Test
    void largeEntriesMakeSmallBatches() {
        for (int i = 0; i < 5; i++) record.write(ours, i + "x".repeat(Batch.MOST_BYTES / 2));
        goRound();
        assertThat(inbox.came()).hasSize(5);
        assertThat(cameWhole().stream().map(says -> says.charAt(0))).containsExactly('0', '1', '2', '3', '4');
    }

    @Test
    void aSlowReceiverHoldsUpNobodyElse() throws InterruptedException {
        var slow = new CountDownLatch(1);
        inbox.before(() -> {
            try {
                slow.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException left) {
                Thread.currentThread().interrupt();
            }
        });
        record.write(ours, 1);
        courier.round();
        await(() -> inbox.came().size() == 1);
        var theirs = new TenantId(UUID.randomUUID());
        organization(theirs, Plan.PRO);
        try (var another = new Inbox()) {
            pushes.set(theirs, Receiver.of(another.url(), reachable()), ANOTHER, 0);
            record.write(theirs, 1);
            await(() -> {
                courier.round();
                return !another.came().isEmpty();
            });
            assertThat(inbox.came()).as("and it has one at a time").hasSize(1);
        } finally {
            slow.countDown();
        }
    }

    @Test
    void neitherTheAddressNorTheSecretLiesOpen() {
        var row = db.sql(
                        "select row_to_json(p)::text || encode(address, 'escape') || encode(secret, 'escape') from identity.record_push p where organization = ?")
                .param(ours.value())
                .query(String.class)
                .single();
        assertThat(row).doesNotContain("127.0.0.1", "planted-token", SECRET.substring(6));
        assertThat(pushes.take(16).getFirst()).hasToString("Due " + ours);
        assertThat(state().url()).doesNotContain("planted-token");
    }

    @Test
    void aRowOfOneOrganisationOpensInNoOther() {
        var theirs = new TenantId(UUID.randomUUID());
        organization(theirs, Plan.PRO);
        pushes.set(theirs, Receiver.of(inbox.url(), reachable()), ANOTHER, 0);
        db.sql(
                        "update identity.record_push set secret = (select secret from identity.record_push where organization = ?), address = (select address from identity.record_push where organization = ?) where organization = ?")
                .params(theirs.value(), theirs.value(), ours.value())
                .update();
        record.write(ours, 1);
        goRound();
        assertThat(inbox.came()).isEmpty();
    }

    @Test
    void whatTheOperatorHasClosedSinceIsNotCalled() {
        record.write(ours, 1);
        Due due = pushes.take(16).getFirst();
        var closed = new Reachable(List.of(), Set.of(443), "");
        try (var careful = new Courier(
                pushes,
                record,
                messenger,
                closed,
                heard,
                transaction,
                JsonMapper.builder().build(),
                Duration.ofDays(5),
                clock)) {
            careful.deliver(due);
        }
        assertThat(inbox.came()).isEmpty();
        assertThat(state().problem()).isEqualTo(Problem.ADDRESS);
    }

    private static void await(BooleanSupplier truth) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!truth.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("It did not come to that");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
