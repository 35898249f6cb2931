package io.velvetastro.language;

import java.util.Arrays;
import java.util.Optional;

/** One permission; {@link #text} is the form that tokens and {@code @PreAuthorize} use. */
public enum Authority {
    MONITOR_READ(Text.MONITOR_READ),
    MONITOR_WRITE(Text.MONITOR_WRITE),
    INCIDENTS_READ(Text.INCIDENTS_READ),
    INCIDENTS_WRITE(Text.INCIDENTS_WRITE),
    DEFENSE_READ(Text.DEFENSE_READ),
    DEFENSE_WRITE(Text.DEFENSE_WRITE),
    ORG_ADMIN(Text.ORG_ADMIN),
    PLATFORM_ADMIN(Text.PLATFORM_ADMIN);

    private final String text;

    Authority(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether a program may have it. None decides who comes in. */
    public boolean isForPrograms() {
        return this != ORG_ADMIN && this != PLATFORM_ADMIN;
    }

    /** Whether it only looks. */
    public boolean isReading() {
        return this == MONITOR_READ || this == INCIDENTS_READ || this == DEFENSE_READ;
    }

    public static Optional<Authority> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /** The same as constants, for annotations. */
    public static final class Text {
        public static final String MONITOR_READ = "monitor:read";
        public static final String MONITOR_WRITE = "monitor:write";
        public static final String INCIDENTS_READ = "incidents:read";
        public static final String INCIDENTS_WRITE = "incidents:write";
        public static final String DEFENSE_READ = "defense:read";
        public static final String DEFENSE_WRITE = "defense:write";
        public static final String ORG_ADMIN = "org:admin";
        public static final String PLATFORM_ADMIN = "platform:admin";

        private Text() {}
    }
}
