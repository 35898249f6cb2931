package io.velvetastro.decisions;

import io.velvetastro.language.FindingId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.UUID;

/** The people, places and hours that the tests of this room speak of. */
public final class Given {
    public static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    public static final TenantId OURS = new TenantId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    public static final TenantId THEIRS = new TenantId(UUID.fromString("00000000-0000-4000-8000-00000000000b"));
    public static final MemberId ALICE = new MemberId(UUID.fromString("00000000-0000-4000-8000-0000000000a1"));
    public static final IncidentId STORY = new IncidentId(UUID.fromString("00000000-0000-4000-8000-0000000000c1"));
    public static final IncidentId OTHER_STORY =
            new IncidentId(UUID.fromString("00000000-0000-4000-8000-0000000000c2"));
    public static final RuleId RULE = new RuleId(UUID.fromString("00000000-0000-4000-8000-0000000000d1"));
    public static final RunId RUN = new RunId(UUID.fromString("00000000-0000-4000-8000-0000000000e1"));
    public static final FindingId FINDING = new FindingId(UUID.fromString("00000000-0000-4000-8000-0000000000f1"));
    public static final Network ATTACKER = Network.of("203.0.113.7");

    private Given() {}
}
