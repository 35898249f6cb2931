package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about how long names and addresses in what an organisation has stored can be read. */
public interface Kept {

    record HowLongKept(TenantId tenant) {}

    /** A month whose end is known, as {@code 2026-03}. */
    record Ending(String month, Instant at, boolean byPlan) {}

    /**
     * How it stands.
     *
     * @param ownMonths what the organisation has said itself; 0 for ever
     * @param planMonths what its plan keeps; 0 for ever
     * @param planFrom from when on, where that is still to come: until then as long as before
     * @param held a legal hold keeps everything until it is lifted, whatever stands here
     * @param ending those that will end, the first to end first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HowLongKeptAnswer(
            int ownMonths, int planMonths, @Nullable Instant planFrom, boolean held, List<Ending> ending) {}
}
