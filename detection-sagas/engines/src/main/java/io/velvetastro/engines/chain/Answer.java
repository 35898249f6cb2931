package io.velvetastro.engines.chain;

import io.velvetastro.language.FindingId;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Sealed;

/** What the chain wants said after a batch of findings. Said twice, each changes nothing the second time. */
public sealed interface Answer {
    IncidentId incident();

    /** The story matters now. */
    record Open(IncidentId incident, StoryState story) implements Answer {}

    record Grow(IncidentId incident, StoryState story) implements Answer {}

    /** Two incidents turned out to be one. */
    record Absorb(IncidentId incident, IncidentId into) implements Answer {}

    /** @param address the address to keep out, still sealed */
    record Contain(IncidentId incident, Sealed address, FindingId because, boolean history) implements Answer {}
}
