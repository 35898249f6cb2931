package io.velvetastro.screens.forensics;

import java.util.Set;
import java.util.stream.Stream;

/** What people call a group of event types. */
enum Kind {
    ANY("Any kind"),
    SIGN_INS("Sign-ins", "LoginFailed", "LoginSucceeded", "SignInDenied"),
    ALERTS("Alerts of other tools", "AlertRaised"),
    FINDINGS("Findings", "FindingRaised"),
    INCIDENTS(
            "Incident decisions",
            "IncidentOpened",
            "IncidentGrew",
            "IncidentAbsorbed",
            "ContainmentAdvised",
            "IncidentAssigned",
            "IncidentCommented",
            "IncidentResolved",
            "IncidentReopened"),
    DEFENSE("Blocks and allowances", "NetworkBlocked", "NetworkAllowed", "RuleLifted"),
    PLAYBOOKS(
            "Playbook steps",
            "PlaybookRunStarted",
            "PlaybookStepCompleted",
            "PlaybookStepWithheld",
            "PlaybookStepRefused",
            "PlaybookStepUndone"),
    EVIDENCE("Exports and drills", "EvidenceExported", "EvidenceHandedOver", "TamperDrilled", "DoubtAcknowledged"),
    PRIVACY(
            "Erasure and retention",
            "ErasureOrdered",
            "PersonErased",
            "MonthEnded",
            "RetentionSet",
            "PlanRetentionSet",
            "HoldPlaced",
            "HoldLifted"),
    ACCESS(
            "Service accounts and keys",
            "ServiceAccountCreated",
            "ServiceAccountDisabled",
            "ApiKeyIssued",
            "ApiKeyRevoked");

    private final String words;
    private final Set<String> types;

    Kind(String words, String... types) {
        this.words = words;
        this.types = Set.of(types);
    }

    String words() {
        return words;
    }

    Set<String> types() {
        return types;
    }

    /** ANY for a choice of types that has no name. */
    static Kind of(Set<String> types) {
        return Stream.of(values())
                .filter(kind -> kind.types.equals(types))
                .findFirst()
                .orElse(ANY);
    }
}
