package io.velvetastro.decisions.telemetry;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the intake takes at a time, and where the place data lie.
 *
 * @param geo the folder that {@code geo/fetch.sh} fills; none means that places stay unknown
 * @param requestsPerTenant how many calls of {@code /monitor/events} one tenant may have under way
 * @param importsPerTenant how many calls of {@code /monitor/import} one tenant may have under way
 * @param eventsPerSecond what each organisation may send for good while others send too; 0 for no such limit
 * @param answersPerTenant how many answers to requests with an Idempotency-Key are kept for one tenant; older ones go at the hourly sweep
 */
@ConfigurationProperties("velvet.intake")
record IntakeSettings(
        @Nullable Path geo,
        @DefaultValue("256") int requestsPerTenant,
        @DefaultValue("4") int importsPerTenant,
        @DefaultValue("2000") int eventsPerSecond,
        @DefaultValue("10000") int answersPerTenant) {}
