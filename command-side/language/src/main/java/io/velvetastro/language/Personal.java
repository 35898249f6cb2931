package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The values of a telemetry event that can tell who someone is; only ever stored sealed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Personal(
        @Nullable String user,
        @Nullable String address,
        @Nullable String target,
        @Nullable String userAgent,
        @Nullable String line) {}
