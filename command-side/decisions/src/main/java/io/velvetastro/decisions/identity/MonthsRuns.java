package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.decisions.plan.Runs;
import io.velvetastro.language.Plan;
import io.velvetastro.language.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts an organisation's playbook runs by the month of UTC, and tells its administrators once when the plan's number is nearly reached and once when it is. More than that it does not do. */
class MonthsRuns implements Runs {
    private static final int NEARLY = 80;
    private static final int ALL = 100;

    private final JdbcClient db;
    private final People people;
    private final Letters letters;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MonthsRuns(JdbcClient db, People people, Letters letters, TransactionTemplate transaction, Clock clock) {
        this.db = db;
        this.people = people;
        this.letters = letters;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void ran(TenantId tenant, Instant at) {
        db.sql("""
                insert into identity.runs_of_month as sum (organization, month, runs) values (?, ?, 1)
                on conflict (organization, month) do update set runs = sum.runs + 1""").params(tenant.value(), month(at)).update();
    }

    long ofThisMonth(TenantId tenant) {
        return db.sql("select runs from identity.runs_of_month where organization = ? and month = ?")
                .params(tenant.value(), month(clock.instant()))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private record Use(TenantId organization, long runs, Plan plan, int told) {
        int share() {
            if (plan.playbookRunsAMonth() == Plan.UNLIMITED) return 0;
            long percent = runs * 100 / plan.playbookRunsAMonth();
            return percent >= ALL ? ALL : percent >= NEARLY ? NEARLY : 0;
        }
    }

    /** Apart from what counts, so that nothing about letters can hold up an answer to an attack. */
    void tellWhoseMonthFills() {
        db
                .sql("""
                select r.organization, r.runs, r.told, o.plan from identity.runs_of_month r
                join identity.organization o on o.id = r.organization where r.month = ? and r.told < ?""")
                .params(month(clock.instant()), ALL)
                .query((row, number) -> new Use(
                        new TenantId(row.getObject("organization", UUID.class)),
                        row.getLong("runs"),
                        Plan.valueOf(row.getString("plan")),
                        row.getInt("told")))
                .list()
                .stream()
                .filter(use -> use.share() > use.told)
                .forEach(use -> transaction.executeWithoutResult(status -> tell(use)));
    }

    private void tell(Use use) {
        int first = db.sql(
                        "update identity.runs_of_month set told = ? where organization = ? and month = ? and told < ?")
                .params(use.share(), use.organization.value(), month(clock.instant()), use.share())
                .update();
        if (first == 0) return; // Another process was quicker.
        people.administratorsOf(use.organization)
                .forEach(one -> letters.runs(one.email(), one.organization(), use.runs, use.plan.playbookRunsAMonth()));
    }

    private static LocalDate month(Instant at) {
        return LocalDate.ofInstant(at, UTC).withDayOfMonth(1);
    }
}
