package io.velvetastro.engines.login;

import java.util.Comparator;
import java.util.UUID;

/** One remembered attempt. A missing principal or source is {@link #NOBODY}. */
record Try(long at, UUID id, UUID principal, UUID source) {
    static final UUID NOBODY = new UUID(0, 0);
    /** By time; within one instant by id, so that the order of arrival changes nothing. */
    static final Comparator<Try> ORDER = Comparator.comparingLong(Try::at).thenComparing(Try::id);

    static Try of(Login login) {
        return new Try(
                login.at(),
                login.id(),
                login.principal() == null ? NOBODY : login.principal(),
                login.source() == null ? NOBODY : login.source());
    }
}
