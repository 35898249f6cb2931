package io.velvetastro.store.database;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.output.ValidateOutput;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Before any room changes its tables: they were made by this version or an older one. Flyway by itself would run on a newer one's. */
final class KnownMigrations implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof Flyway room) check(room);
        return bean;
    }

    private static void check(Flyway room) {
        var strictly = Flyway.configure()
                .configuration(room.getConfiguration())
                .ignoreMigrationPatterns("*:pending") // And no longer those of the future.
                .load();
        for (var invalid : strictly.validateWithResult().invalidMigrations)
            throw new CannotStart(MACHINE, refusal(room.getConfiguration().getSchemas()[0], invalid));
    }

    private static String refusal(String schema, ValidateOutput invalid) {
        var code = invalid.errorDetails.errorCode;
        if (code == CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED)
            return "This data was made by a newer Velvet Astro (%s is at %s): start that version, or name another folder with --data DIR."
                    .formatted(schema, invalid.version);
        return "The tables of %s were made by another build of Velvet Astro (migration %s differs): start that build, or name another folder with --data DIR."
                .formatted(schema, invalid.version);
    }
}
