package io.velvetastro.screens.admin;

import java.util.List;
import java.util.Map;

/** A mark for each kind of decision, so that an eye finds one in a long list. */
final class RecordMarks {
    /** What a kind's name has in it; the first that fits. */
    private static final List<Map.Entry<String, String>> MARKS = List.of(
            Map.entry("Playbook", "workflow"),
            Map.entry("Incident", "siren"),
            Map.entry("Containment", "siren"),
            Map.entry("NetworkAllowed", "shield-check"),
            Map.entry("Network", "shield-ban"),
            Map.entry("RuleLifted", "undo-2"),
            Map.entry("Passkey", "fingerprint-pattern"),
            Map.entry("SwitchedOff", "shield-off"),
            Map.entry("Second", "shield-check"),
            Map.entry("Recovery", "shield-check"),
            Map.entry("Password", "key-round"),
            Map.entry("ApiKey", "key-round"),
            Map.entry("ServiceAccount", "server"),
            Map.entry("Session", "log-out"),
            Map.entry("Device", "laptop"),
            Map.entry("Denied", "hand"),
            Map.entry("Letter", "mail"),
            Map.entry("Invit", "user-plus"),
            Map.entry("Plan", "activity"),
            Map.entry("Role", "users"),
            Map.entry("Member", "users"),
            Map.entry("Retention", "clock"),
            Map.entry("Month", "clock"),
            Map.entry("Eras", "user-round"),
            Map.entry("Hold", "lock"),
            Map.entry("Evidence", "file-text"),
            Map.entry("Drill", "flask-conical"),
            Map.entry("Doubt", "triangle-alert"));

    private RecordMarks() {}

    /** The icon of a kind; that of the record itself where it has none of its own. */
    static String of(String type) {
        return MARKS.stream()
                .filter(mark -> type.contains(mark.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("history");
    }
}
