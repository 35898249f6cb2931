package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What a user agent says it is, parsed once at intake: families without build numbers, so that an update is not a new device. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Device(
        @Nullable String browser,
        @Nullable String os,
        @Nullable String kind) {}
