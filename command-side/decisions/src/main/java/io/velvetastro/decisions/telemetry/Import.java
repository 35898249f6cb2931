package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.decisions.telemetry.Recorder.Named;
import io.velvetastro.decisions.telemetry.Recorder.Sender;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One import on its way: reads piece by piece, names every event, and hands full batches on; holds one batch at most. */
final class Import {
    static final int REJECTIONS_ANSWERED = 1000;

    private static final int BATCH = 1000;
    private static final int REJECTIONS_KEPT = 1_000_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Order order;
    private final Recorder recorder;
    private final Pseudonyms pseudonyms;
    private final RejectionBook rejections;
    private final Sender sender;
    private final Occurrences occurrences = new Occurrences();
    private final List<Named> batch = new ArrayList<>();
    private final Set<EventId> inBatch = new HashSet<>();
    private final List<Rejection> answered = new ArrayList<>();
    private final List<Rejection> unsaved = new ArrayList<>();
    private @Nullable Promises promises;
    private long index;
    private long accepted;
    private long duplicates;
    private long skipped;
    private long rejected;

    /**
     * What is to be read and for whom.
     *
     * @param log names the log that lines without an id of their own stood in
     * @param context how many pieces at the beginning only count, because they were sent before
     * @param patience how long to wait in all when the store wants a pause
     */
    record Order(
            Sender sender, UUID importId, String log, Pieces pieces, Parser parser, int context, Duration patience) {}

    /** Where rejections are kept beyond the answer. */
    interface RejectionBook {
        void save(TenantId tenant, UUID importId, List<Rejection> rejections);
    }

    Import(Order order, Recorder recorder, Pseudonyms pseudonyms, RejectionBook rejections) {
        this.order = order;
        this.recorder = recorder;
        this.pseudonyms = pseudonyms;
        this.rejections = rejections;
        this.sender = order.sender();
    }

    /** Tells these what it stores. */
    Import promising(Promises told) {
        promises = told;
        return this;
    }

    /**
     * Reads to the end. What was read before the input broke off is stored even so.
     *
     * @throws IOException when the input breaks off
     */
    Answer run() throws IOException {
        try {
            while (order.pieces().next()) {
                if (index >= order.context()) read();
                else overhear();
                index++;
            }
        } catch (IOException brokenOff) {
            flush();
            saveRejections();
            throw brokenOff;
        }
        flush();
        saveRejections();
        return answer();
    }

    Answer answer() {
        return new Answer(order.importId(), accepted, duplicates, skipped, List.copyOf(answered), rejected);
    }

    private void read() {
        var pieces = order.pieces();
        if (pieces.flaw() != null) {
            reject(new Parsed.Bad(order.parser().pieceName(), pieces.flaw()));
            return;
        }
        if (pieces.isBlank()) {
            skipped++;
            return;
        }
        switch (order.parser().parse(pieces.buffer, pieces.from, pieces.to)) {
            case Parsed.Nothing nothing -> skipped++;
            case Parsed.Bad bad -> reject(bad);
            case Parsed.Repeated repeated -> {
                for (int i = 0; i < repeated.times(); i++) keep(repeated.what());
            }
            case Parsed.Kept kept -> keep(kept);
        }
    }

    /** A piece sent for its context: counted among its like, and no more. */
    private void overhear() {
        var pieces = order.pieces();
        if (pieces.flaw() != null || pieces.isBlank()) return;
        switch (order.parser().parse(pieces.buffer, pieces.from, pieces.to)) {
            case Parsed.Nothing nothing -> {}
            case Parsed.Bad bad -> {}
            case Parsed.Repeated repeated -> {
                for (int i = 0; i < repeated.times(); i++) id(repeated.what());
            }
            case Parsed.Kept kept -> id(kept);
        }
    }

    private void keep(Parsed.Kept kept) {
        var id = id(kept);
        if (!inBatch.add(id)) {
            duplicates++;
            return;
        }
        batch.add(new Named(id, kept));
        if (batch.size() == BATCH) flush();
    }

    private EventId id(Parsed.Kept kept) {
        if (kept.uid() != null) return pseudonyms.named(sender.tenant(), kept.realm(), kept.uid());
        var pieces = order.pieces();
        var line = new String(pieces.buffer, pieces.from, pieces.to - pieces.from, StandardCharsets.UTF_8);
        return pseudonyms.line(sender.tenant(), order.log(), line, occurrences.next(line, kept.at()));
    }

    private void flush() {
        sender.allowance().take(batch.size());
        int fresh = 0;
        try {
            fresh = recordPatiently();
        } finally {
            sender.allowance().giveBack(batch.size() - fresh);
        }
        accepted += fresh;
        duplicates += batch.size() - fresh;
        if (promises != null) promises.stored(batch.stream().map(Named::id).toList());
        batch.clear();
        inBatch.clear();
    }

    /** A long import waits for its readers rather than be sent again from the start; the sender feels it as a slow line. */
    private int recordPatiently() {
        long giveUp = System.nanoTime() + order.patience().toNanos();
        while (true) {
            try {
                if (canWait()) recorder.giveWay();
                return recorder.record(sender, batch);
            } catch (Overloaded overloaded) {
                if (System.nanoTime() >= giveUp) throw overloaded;
                pause(
                        overloaded.retryAfter().compareTo(LONGEST_PAUSE) < 0 ? overloaded.retryAfter() : LONGEST_PAUSE,
                        overloaded);
            }
        }
    }

    /** Full batches are an old log that is read through; a follower's few new lines happen now. */
    private boolean canWait() {
        return !order.patience().isZero() && batch.size() == BATCH;
    }

    private static void pause(Duration pause, Overloaded overloaded) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw overloaded;
        }
    }

    private void reject(Parsed.Bad bad) {
        var rejection = new Rejection(index, bad.field(), bad.detail());
        if (answered.size() < REJECTIONS_ANSWERED) answered.add(rejection);
        if (rejected < REJECTIONS_KEPT) unsaved.add(rejection);
        rejected++;
        if (unsaved.size() == REJECTIONS_ANSWERED) saveRejections();
    }

    private void saveRejections() {
        if (unsaved.isEmpty()) return;
        rejections.save(sender.tenant(), order.importId(), unsaved);
        unsaved.clear();
    }
}
