package io.velvetastro.decisions.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.door.SealedSecrets;
import io.velvetastro.language.Plan;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.RecordPush.Problem;
import io.velvetastro.questions.RecordPush.PushState;
import io.velvetastro.questions.RecordPush.State;
import io.velvetastro.questions.RecordPush.Trial;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** To whom each organisation's record goes and how far it has come: addresses and secrets sealed under a key that is not in the database. */
public class Pushes {
    /** Longer than a try can last; who takes one and dies has it tried again after that. */
    private static final Duration TAKEN_FOR = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final SealedSecrets seal;
    private final Clock clock;

    public Pushes(JdbcClient db, SealedSecrets seal, Clock clock) {
        this.db = db;
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * One that is to be looked at now.
     *
     * @param batch what is on its way already, and {@code batchEnd} where it ends
     * @param lately when something was delivered last, or it was set
     */
    record Due(
            TenantId tenant,
            Plan plan,
            UUID hook,
            byte[] address,
            byte[] secret,
            byte @Nullable [] oldSecret,
            long place,
            @Nullable UUID batch,
            @Nullable Long batchEnd,
            int tries,
            @Nullable Instant failingSince,
            boolean paused,
            boolean trialWanted,
            Instant lately) {
        @Override
        public String toString() {
            return "Due " + tenant;
        }
    }

    /** How many there are, and how many of them are not taken. */
    public record Count(int set, int failing, int paused) {}

    public void set(TenantId tenant, Receiver receiver, String secret, long place) {
        var now = clock.instant();
        db.sql("""
                insert into identity.record_push (organization, hook, address, secret, set_at, place, next_try_at)
                values (:tenant, :hook, :address, :secret, :now, :place, :now)
                on conflict (organization) do update set
                    hook = excluded.hook, address = excluded.address, secret = excluded.secret,
                    old_secret = null, old_secret_until = null, set_at = excluded.set_at, delivered = 0, delivered_at = null,
                    batch = null, batch_end = null, tries = 0, failing_since = null, problem = null, status = null,
                    next_try_at = excluded.next_try_at, paused_at = null,
                    trial_asked_at = null, tried_at = null, trial_problem = null, trial_status = null""")
                .param("tenant", tenant.value())
                .param("hook", UUID.randomUUID())
                .param("address", sealed(tenant, "address", receiver.url().toString()))
                .param("secret", sealed(tenant, "secret", secret))
                .param("place", place)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** The one before signs too, until then. */
    public boolean renew(TenantId tenant, String secret, Instant oldOneUntil) {
        return db.sql(
                                "update identity.record_push set old_secret = secret, old_secret_until = ?, secret = ? where organization = ?")
                        .params(oldOneUntil.atOffset(UTC), sealed(tenant, "secret", secret), tenant.value())
                        .update()
                > 0;
    }

    public boolean wantTrial(TenantId tenant) {
        var now = clock.instant().atOffset(UTC);
        return db.sql("""
                        update identity.record_push set trial_asked_at = ?, tried_at = null, trial_problem = null,
                            trial_status = null, next_try_at = ? where organization = ?""").params(now, now, tenant.value()).update() > 0;
    }

    public boolean remove(TenantId tenant) {
        return db.sql("delete from identity.record_push where organization = ?")
                        .param(tenant.value())
                        .update()
                > 0;
    }

    /** Up to where everything was taken; nothing where none is set. */
    public Optional<Long> place(TenantId tenant) {
        return db.sql("select place from identity.record_push where organization = ?")
                .param(tenant.value())
                .query(Long.class)
                .optional();
    }

    public Optional<PushState> state(TenantId tenant, @Nullable Long waiting) {
        return db.sql("select * from identity.record_push where organization = ?")
                .param(tenant.value())
                .query((row, number) -> state(row, waiting))
                .optional();
    }

    public Count count() {
        return db.sql("""
                select count(*), count(*) filter (where problem is not null and paused_at is null),
                       count(*) filter (where paused_at is not null)
                from identity.record_push""")
                .query((row, number) -> new Count(row.getInt(1), row.getInt(2), row.getInt(3)))
                .single();
    }

    /** Those that waited longest. Each is nobody else's for a minute. */
    List<Due> take(int most) {
        var now = clock.instant();
        return db.sql("""
                update identity.record_push p set next_try_at = ?
                from identity.organization o
                where o.id = p.organization and p.organization in (
                    select organization from identity.record_push
                    where next_try_at <= ? and (paused_at is null or trial_asked_at is not null and tried_at is null)
                    order by next_try_at limit ? for update skip locked)
                returning p.*, o.plan""")
                .params(now.plus(TAKEN_FOR).atOffset(UTC), now.atOffset(UTC), most)
                .query((row, number) -> due(row))
                .list();
    }

    String address(Due push) {
        return opened(push.tenant, "address", push.address);
    }

    List<String> secrets(Due push) {
        var secrets = new ArrayList<String>();
        secrets.add(opened(push.tenant, "secret", push.secret));
        if (push.oldSecret != null) secrets.add(opened(push.tenant, "secret", push.oldSecret));
        return secrets;
    }

    /** From here to there goes under one name, however often; nothing where somebody has set or removed it meanwhile. */
    Optional<UUID> begin(Due push, long end) {
        return db.sql("""
                update identity.record_push set batch = coalesce(batch, ?), batch_end = ?, tries = tries + 1, next_try_at = ?
                where organization = ? and hook = ? returning batch""")
                .params(
                        UUID.randomUUID(),
                        end,
                        clock.instant().plus(TAKEN_FOR).atOffset(UTC),
                        push.tenant.value(),
                        push.hook)
                .query(UUID.class)
                .optional();
    }

    /** And may go on. */
    Optional<Due> taken(Due push, UUID batch, long end, int entries) {
        var now = clock.instant();
        return db.sql("""
                update identity.record_push p set place = ?, delivered = delivered + ?, delivered_at = ?, batch = null, batch_end = null,
                    tries = 0, failing_since = null, problem = null, status = null
                from identity.organization o
                where o.id = p.organization and p.organization = ? and p.hook = ? and p.batch = ? returning p.*, o.plan""")
                .params(end, entries, now.atOffset(UTC), push.tenant.value(), push.hook, batch)
                .query((row, number) -> due(row))
                .optional();
    }

    void declined(Due push, Outcome.Declined why, Duration wait) {
        var now = clock.instant();
        db.sql("""
                update identity.record_push set failing_since = coalesce(failing_since, :now), problem = :problem,
                    status = :status, next_try_at = :next
                where organization = :tenant and hook = :hook""")
                .param("now", now.atOffset(UTC))
                .param("problem", why.problem().name())
                .param("status", why.status())
                .param("next", now.plus(wait).atOffset(UTC))
                .param("tenant", push.tenant.value())
                .param("hook", push.hook)
                .update();
    }

    boolean pause(Due push, Instant at) {
        return db.sql(
                                "update identity.record_push set paused_at = ? where organization = ? and hook = ? and paused_at is null")
                        .params(at.atOffset(UTC), push.tenant.value(), push.hook)
                        .update()
                > 0;
    }

    /** Nothing was tried, and the plan has it. */
    void later(Due push, Duration wait) {
        db.sql("""
                update identity.record_push set next_try_at = ?, problem = case when problem = ? then null else problem end
                where organization = ? and hook = ?""")
                .params(clock.instant().plus(wait).atOffset(UTC), Problem.PLAN.name(), push.tenant.value(), push.hook)
                .update();
    }

    void beyondThePlan(Due push, Duration wait) {
        db.sql(
                        "update identity.record_push set problem = ?, status = null, next_try_at = ? where organization = ? and hook = ?")
                .params(Problem.PLAN.name(), clock.instant().plus(wait).atOffset(UTC), push.tenant.value(), push.hook)
                .update();
    }

    /** What came of a trial. One that was taken ends what stood in the way, and a pause. */
    void tried(Due push, Outcome outcome) {
        var declined = outcome instanceof Outcome.Declined why ? why : null;
        db.sql("""
                update identity.record_push set tried_at = :now, trial_problem = :problem, trial_status = :status
                where organization = :tenant and hook = :hook""")
                .param("now", clock.instant().atOffset(UTC))
                .param("problem", declined == null ? null : declined.problem().name())
                .param(
                        "status",
                        outcome instanceof Outcome.Taken taken
                                ? (Integer) taken.status()
                                : declined == null ? null : declined.status())
                .param("tenant", push.tenant.value())
                .param("hook", push.hook)
                .update();
    }

    /** Whether it was paused. */
    boolean resume(Due push) {
        boolean was = push.paused;
        db.sql("""
                update identity.record_push set paused_at = null, tries = 0, failing_since = null, problem = null, status = null
                where organization = ? and hook = ?""").params(push.tenant.value(), push.hook).update();
        return was;
    }

    private byte[] sealed(TenantId tenant, String what, String text) {
        return seal.seal(tenant + "/" + what, text.getBytes(UTF_8));
    }

    private String opened(TenantId tenant, String what, byte[] sealed) {
        return new String(seal.open(tenant + "/" + what, sealed), UTF_8);
    }

    private Due due(ResultSet row) throws SQLException {
        var oldUntil = instant(row, "old_secret_until");
        boolean oldCounts = oldUntil != null && oldUntil.isAfter(clock.instant());
        var delivered = instant(row, "delivered_at");
        var set = needed(row, "set_at");
        return new Due(
                new TenantId(row.getObject("organization", UUID.class)),
                Plan.valueOf(row.getString("plan")),
                row.getObject("hook", UUID.class),
                row.getBytes("address"),
                row.getBytes("secret"),
                oldCounts ? row.getBytes("old_secret") : null,
                row.getLong("place"),
                row.getObject("batch", UUID.class),
                row.getObject("batch_end", Long.class),
                row.getInt("tries"),
                instant(row, "failing_since"),
                row.getObject("paused_at") != null,
                row.getObject("trial_asked_at") != null && row.getObject("tried_at") == null,
                delivered == null || delivered.isBefore(set) ? set : delivered);
    }

    private PushState state(ResultSet row, @Nullable Long waiting) throws SQLException {
        var tenant = new TenantId(row.getObject("organization", UUID.class));
        var problem = problem(row, "problem");
        var paused = instant(row, "paused_at");
        var asked = instant(row, "trial_asked_at");
        var oldUntil = instant(row, "old_secret_until");
        var stands = paused != null ? State.PAUSED : problem != null ? State.FAILING : State.ON;
        return new PushState(
                stands,
                shown(opened(tenant, "address", row.getBytes("address"))),
                needed(row, "set_at"),
                row.getLong("delivered"),
                instant(row, "delivered_at"),
                waiting,
                instant(row, "failing_since"),
                problem == null ? null : (Integer) row.getInt("tries"),
                problem,
                row.getObject("status", Integer.class),
                stands == State.FAILING ? instant(row, "next_try_at") : null,
                paused,
                oldUntil != null && oldUntil.isAfter(clock.instant()) ? oldUntil : null,
                asked == null
                        ? null
                        : new Trial(
                                asked,
                                instant(row, "tried_at"),
                                problem(row, "trial_problem"),
                                row.getObject("trial_status", Integer.class)));
    }

    private static String shown(String url) {
        return new Receiver(URI.create(url)).shown();
    }

    private static @Nullable Problem problem(ResultSet row, String column) throws SQLException {
        var word = row.getString(column);
        return word == null ? null : Problem.valueOf(word);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Instant needed(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
