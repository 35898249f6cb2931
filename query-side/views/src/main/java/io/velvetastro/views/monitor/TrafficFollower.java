package io.velvetastro.views.monitor;

import static io.velvetastro.views.jooq.Tables.TRAFFIC_HOUR;
import static io.velvetastro.views.jooq.Tables.TRAFFIC_MINUTE;

import io.velvetastro.language.AlertRaised;
import io.velvetastro.language.LoginFailed;
import io.velvetastro.language.LoginSucceeded;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.Stream;
import io.velvetastro.language.Telemetry;
import io.velvetastro.language.TenantId;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Rows;
import io.velvetastro.views.Schema;
import io.velvetastro.views.Told;
import io.velvetastro.views.ViewFollower;
import io.velvetastro.views.jooq.tables.records.TrafficHourRecord;
import io.velvetastro.views.jooq.tables.records.TrafficMinuteRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** Counts what comes in, by minute and by hour of its occurrence. */
final class TrafficFollower extends ViewFollower {
    static final String NAME = "traffic";

    private record Slot(TenantId tenant, Instant at) {}

    private static final class Count {
        private long succeeded;
        private long failed;
        private long alerts;

        void add(Telemetry event) {
            switch (event) {
                case LoginSucceeded login -> succeeded++;
                case LoginFailed login -> failed++;
                case AlertRaised alert -> alerts++;
                case SignInDenied denial -> {} // Said of a sign-in that was counted.
            }
        }

        void add(Count other) {
            succeeded += other.succeeded;
            failed += other.failed;
            alerts += other.alerts;
        }
    }

    private final Consumer<Set<TenantId>> tell;

    TrafficFollower(Schema schema, Consumer<Set<TenantId>> tell, int batchSize) {
        super(NAME, Set.of(Stream.TELEMETRY), schema, batchSize);
        this.tell = tell;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(100);
    }

    @Override
    protected void taken(Set<TenantId> tenants) {
        tell.accept(tenants);
    }

    @Override
    protected void take(DSLContext db, List<Told> fresh) {
        var minutes = new HashMap<Slot, Count>();
        for (var told : fresh)
            if (told.payload() instanceof Telemetry event && !(event instanceof SignInDenied))
                minutes.computeIfAbsent(slot(told.tenant(), event.occurredAt(), ChronoUnit.MINUTES), s -> new Count())
                        .add(event);
        var hours = new HashMap<Slot, Count>();
        minutes.forEach(
                (slot, count) -> hours.computeIfAbsent(slot(slot.tenant, slot.at, ChronoUnit.HOURS), s -> new Count())
                        .add(count));
        Rows.insert(
                db,
                TRAFFIC_MINUTE,
                minutes.entrySet().stream().map(TrafficFollower::minute).toList(),
                ADD);
        Rows.insert(
                db,
                TRAFFIC_HOUR,
                hours.entrySet().stream().map(TrafficFollower::hour).toList(),
                ADD);
    }

    private static final String ADD = """
            on conflict (tenant, at) do update set succeeded = t.succeeded + excluded.succeeded,
            failed = t.failed + excluded.failed, alerts = t.alerts + excluded.alerts
            """;

    private static Slot slot(TenantId tenant, Instant at, ChronoUnit unit) {
        return new Slot(tenant, Clean.time(at).truncatedTo(unit));
    }

    private static TrafficMinuteRecord minute(Map.Entry<Slot, Count> entry) {
        var count = entry.getValue();
        return new TrafficMinuteRecord(
                entry.getKey().tenant.value(),
                Clean.column(entry.getKey().at),
                count.succeeded,
                count.failed,
                count.alerts);
    }

    private static TrafficHourRecord hour(Map.Entry<Slot, Count> entry) {
        var count = entry.getValue();
        return new TrafficHourRecord(
                entry.getKey().tenant.value(),
                Clean.column(entry.getKey().at),
                count.succeeded,
                count.failed,
                count.alerts);
    }
}
