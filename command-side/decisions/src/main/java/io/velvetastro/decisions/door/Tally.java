package io.velvetastro.decisions.door;

import io.velvetastro.language.TenantId;
import java.util.Map;

/** Counts what organisations spend of something in this process, and hears what they spend of it in others. */
public interface Tally {
    /** By what name other processes know it. */
    String kind();

    /** All that was spent here since the start, of those who have spent since this was asked last. */
    Map<TenantId, Long> spent();

    /** That so much more was spent elsewhere. */
    void heard(TenantId tenant, long spent);
}
