package io.velvetastro.notary;

import io.velvetastro.language.DrillCommand.RecordTamperDrill;
import io.velvetastro.language.DrillCommand.RunTamperDrill;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import io.velvetastro.language.StoredBytes;
import io.velvetastro.questions.Forensics.DrillEdit;
import io.velvetastro.questions.Forensics.DrillReport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs tamper drills: does to a copy what nobody may do to the store, and sees whether it is found. One at a time, for the whole house. */
@Component
class Drills {
    static final int MOST_EVENTS = 10_000;
    static final int MOST_EDITS = 1_000;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Proofs proofs;
    private final LedgerTables tables;
    private final LedgerKeys keys;
    private final StoredBytes store;
    private final CommandGateway commands;
    private final JdbcTemplate db;
    private final TransactionTemplate apart;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean running = new AtomicBoolean();

    Drills(
            Proofs proofs,
            LedgerTables tables,
            LedgerKeys keys,
            StoredBytes store,
            CommandGateway commands,
            DataSource database,
            PlatformTransactionManager transactions) {
        this.proofs = proofs;
        this.tables = tables;
        this.keys = keys;
        this.store = store;
        this.commands = commands;
        this.db = new JdbcTemplate(database);
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @CommandHandler
    DrillReport run(RunTamperDrill order) {
        if (!running.compareAndSet(false, true)) throw new Overloaded("Another drill is running", SOON);
        try {
            var report = apart.execute(status -> {
                status.setRollbackOnly(); // Nothing of a drill stays.
                return drill(order);
            });
            commands.sendAndWait(new RecordTamperDrill(
                    order.drillId(),
                    order.tenant(),
                    report.firstLeaf(),
                    report.events(),
                    report.edits().size(),
                    report.found(),
                    report.falseAlarms().size(),
                    report.auditMillis(),
                    order.at()));
            return report;
        } finally {
            running.set(false);
        }
    }

    private DrillReport drill(RunTamperDrill order) {
        var state = proofs.state(order.tenant()).orElseThrow(Refused::notFound);
        long begun = System.nanoTime();
        var slice = Slice.newest(order.tenant(), state, tables, Math.clamp(order.events(), 2, MOST_EVENTS));
        var rows = slice.rows(store);
        if (rows.size() < 2) throw Refused.notFound();
        var copy = new Scratch(db);
        copy.copy(rows);
        long copied = System.nanoTime();
        int most = Math.min(MOST_EDITS, rows.size() / 2);
        var edits = new Tampering(copy, random).make(rows, Math.clamp(order.edits(), 1, most));
        long damaged = System.nanoTime();
        slice.requireSigned(keys);
        var found = new TreeMap<>(SliceAudit.of(slice, copy.rows()));
        long audited = System.nanoTime();
        return new DrillReport(
                order.drillId(),
                slice.first(),
                rows.size(),
                millis(copied - begun),
                millis(audited - damaged),
                edits.stream().map(edit -> told(edit, slice, found)).toList(),
                falseAlarms(found));
    }

    private static DrillEdit told(Tampering.Edit edit, Slice slice, Map<Long, String> found) {
        return new DrillEdit(slice.first() + edit.at(), edit.what(), found.remove(edit.position()));
    }

    /** What is left once every edit has taken the finding at its place. */
    private static List<String> falseAlarms(Map<Long, String> left) {
        var alarms = new ArrayList<String>();
        left.forEach((position, what) -> alarms.add("position " + position + ": " + what));
        return List.copyOf(alarms);
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
