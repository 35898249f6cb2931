package io.velvetastro.decisions.telemetry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.language.Device;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import ua_parser.Parser;

/** Reads user agents into families. Reading one takes about a millisecond, so the last few thousand are remembered. */
final class Devices {
    private static final int REMEMBERED = 20_000;
    /** Whatever stands behind the second number of a version: builds differ every week, families do not. */
    private static final Pattern BUILD = Pattern.compile("(?<=\\d[._]\\d{1,5})(?:[._]\\d+)+");

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final Cache<String, Device> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Device of(String userAgent) {
        var known = remembered.getIfPresent(userAgent);
        if (known != null) return known;
        var family = BUILD.matcher(userAgent)
                .replaceAll(build -> DIGITS.matcher(build.group()).replaceAll("0"));
        var device = remembered.get(family, Devices::read);
        remembered.put(userAgent, device);
        return device;
    }

    private static Device read(String userAgent) {
        var parser = Rules.PARSER;
        var browser = family(parser.parseUserAgent(userAgent).family);
        var os = family(parser.parseOS(userAgent).family);
        return new Device(browser, os, kind(userAgent, browser, os));
    }

    /** From the words themselves: the device rules would cost most of the time and say little more. */
    private static @Nullable String kind(String userAgent, @Nullable String browser, @Nullable String os) {
        var text = userAgent.toLowerCase(Locale.ROOT);
        if (text.contains("bot") || text.contains("spider") || text.contains("crawl")) return "bot";
        if (text.contains("ipad") || text.contains("tablet") || text.contains("kindle")) return "tablet";
        if (text.contains("smart-tv") || text.contains("smarttv") || text.contains("appletv")) return "tv";
        if (os == null) return browser == null ? null : "tool";
        return switch (os) {
            case "Android" -> text.contains("mobile") ? "phone" : "tablet";
            case "iOS", "Windows Phone", "BlackBerry OS", "Symbian OS", "KaiOS" -> "phone";
            case "Windows", "Mac OS X", "Linux", "Ubuntu", "Debian", "Fedora", "Chrome OS", "FreeBSD", "OpenBSD" ->
                "desktop";
            default -> text.contains("mobile") ? "phone" : null;
        };
    }

    private static @Nullable String family(@Nullable String family) {
        return family == null || family.equals("Other") ? null : Inert.cut(family, 60);
    }

    /** Compiled on first use: a thousand patterns are not needed to start. */
    private static final class Rules {
        static final Parser PARSER = new Parser();
    }
}
