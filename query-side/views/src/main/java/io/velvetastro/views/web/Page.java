package io.velvetastro.views.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every list answers: some items, and the cursor of the next page or null. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String next) {
    public static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }
}
