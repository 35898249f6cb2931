package io.velvetastro.store.following;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replicas of a room share the segments of its processors: whoever came first has claimed all of them, and lets go of what is beyond its share. One that dies is missed after fifteen seconds, and the others take what it had. */
public final class SharedSegments implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSegments.class);
    private static final long EVERY_SECONDS = 3;
    /** Long enough for somebody else to come by and claim it. */
    private static final long LEFT_TO_OTHERS_SECONDS = 15;

    private final Supplier<Map<String, EventProcessor>> processors;
    private final JdbcClient db;
    private final String process;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("shared-segments").factory());
    private volatile boolean running;

    public SharedSegments(Supplier<Map<String, EventProcessor>> processors, JdbcClient db, String process) {
        this.processors = processors;
        this.db = db;
        this.process = process;
    }

    private void look() {
        try {
            streaming().forEach(this::share);
        } catch (RuntimeException databaseInTrouble) {
            LOG.debug("Cannot see who else reads", databaseInTrouble);
        }
    }

    private Map<String, StreamingEventProcessor> streaming() {
        return processors.get().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof StreamingEventProcessor)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> (StreamingEventProcessor) entry.getValue()));
    }

    private void share(String name, StreamingEventProcessor processor) {
        db.sql("""
                        INSERT INTO store.presence (processor, process, alive_at) VALUES (?, ?, now())
                        ON CONFLICT (processor, process) DO UPDATE SET alive_at = now()""").params(name, process).update();
        int here = count(
                "SELECT count(*) FROM store.presence WHERE processor = ? AND alive_at > now() - interval '15 seconds'",
                name);
        int segments = count("SELECT count(*) FROM store.tokens WHERE processorName = ?", name);
        int fair = (segments + here - 1) / Math.max(1, here);
        var mine = processor.processingStatus().keySet();
        if (mine.size() > fair)
            mine.stream()
                    .skip(fair)
                    .forEach(segment -> processor.releaseSegment(segment, LEFT_TO_OTHERS_SECONDS, TimeUnit.SECONDS));
    }

    private int count(String sql, String processor) {
        return db.sql(sql).param(processor).query(Integer.class).single();
    }

    @Override
    public void start() {
        running = true;
        watch.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        watch.shutdownNow();
        try {
            db.sql("DELETE FROM store.presence WHERE process = ? OR alive_at < now() - interval '1 day'")
                    .param(process)
                    .update();
        } catch (RuntimeException databaseGone) {
            LOG.debug("Cannot say that this process has gone", databaseGone);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the processors. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 50;
    }
}
