package io.velvetastro.views;

import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Between the values of the language and the columns that hold them. */
public final class Columns {
    private Columns() {}

    public static Severity severity(short column) {
        return Severity.values()[column];
    }

    public static Stage stage(short column) {
        return Stage.values()[column - 1];
    }

    public static List<Short> severities(Collection<Severity> severities) {
        return severities.stream().map(severity -> (short) severity.ordinal()).toList();
    }

    public static List<Short> stages(Collection<Stage> stages) {
        return stages.stream().map(stage -> (short) stage.number()).toList();
    }

    public static List<String> names(Collection<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toList();
    }

    public static @Nullable Instant instant(@Nullable OffsetDateTime column) {
        return column == null ? null : column.toInstant();
    }

    public static <I> @Nullable I id(@Nullable UUID column, Function<UUID, I> form) {
        return column == null ? null : form.apply(column);
    }
}
