package io.velvetastro.engines.login;

import io.velvetastro.engines.Found;
import io.velvetastro.engines.HeapMemory;
import io.velvetastro.engines.rules.RuleBook;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.Place;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.SignInDenied;
import io.velvetastro.language.SourceId;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sign-in attempts in a notation people can read: {@code <offset> <ok|fail> <account> <address> [xN every D] [over K] [@lat/lon] [in City] [vpn]}. A {@code #} counts up from 1; in an address it starts again after K.
 */
public final class Scenario {
    /** Three minutes before the hour, so that hardly a scenario stays within one. */
    public static final Instant START = Instant.parse("2026-03-01T09:57:00Z");

    public static final TenantId TENANT =
            new TenantId(UUID.nameUUIDFromBytes("velvet".getBytes(StandardCharsets.UTF_8)));

    private Scenario() {}

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public static List<Login> events(List<String> lines) {
        var events = new ArrayList<Login>();
        for (var line : lines) events.addAll(events(line));
        return events;
    }

    private static List<Login> events(String line) {
        var words = new ArrayList<>(List.of(line.split(" ")));
        long offset = duration(words.removeFirst()).toMillis();
        boolean succeeded = words.removeFirst().equals("ok");
        var account = words.removeFirst();
        var address = words.removeFirst();
        int times = 1;
        int over = Integer.MAX_VALUE;
        long every = 0;
        Double latitude = null;
        Double longitude = null;
        String city = null;
        var egress = Login.Egress.DIRECT;
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            if (word.startsWith("x")) times = Integer.parseInt(word.substring(1));
            else if (word.equals("every")) every = duration(words.removeFirst()).toMillis();
            else if (word.equals("over")) over = Integer.parseInt(words.removeFirst());
            else if (word.equals("in")) city = words.removeFirst();
            else if (word.equals("vpn")) egress = Login.Egress.VPN;
            else if (word.startsWith("@")) {
                latitude = Double.valueOf(word.substring(1, word.indexOf('/')));
                longitude = Double.valueOf(word.substring(word.indexOf('/') + 1));
            } else throw new IllegalArgumentException("not understood: " + word + " in " + line);
        }
        var events = new ArrayList<Login>();
        for (int i = 0; i < times; i++) {
            var place = latitude == null ? null : new Place("XX", city, latitude, longitude, null, null, null, "test");
            events.add(new Login(
                    id(line + i),
                    TENANT,
                    START.toEpochMilli() + offset + i * every,
                    succeeded,
                    id(account.replace("#", Integer.toString(i + 1))),
                    id(address.replace("#", Integer.toString(i % over + 1))),
                    null,
                    place,
                    egress));
        }
        return events;
    }

    /** Line by line, denials among them: {@code <offset> deny <account> <address>} is of the newest try of that account from there. */
    public static List<Found> tell(RuleBook book, List<String> lines) {
        return tell(book, lines, new HeapMemory());
    }

    public static List<Found> tell(RuleBook book, List<String> lines, HeapMemory memory) {
        var denials = new Denials(book);
        var found = new ArrayList<Found>();
        var tried = new ArrayList<Login>();
        for (var line : lines) {
            if (line.contains(" deny ")) {
                found.addAll(denials.step(memory, denial(line, tried)));
            } else {
                var events = events(line);
                tried.addAll(events);
                found.addAll(play(book, events, memory));
            }
        }
        return found;
    }

    private static SignInDenied denial(String line, List<Login> tried) {
        var words = line.split(" ");
        var denied = tried.stream()
                .filter(login ->
                        id(words[2]).equals(login.principal()) && id(words[3]).equals(login.source()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return new SignInDenied(
                new EventId(id(line)),
                TENANT,
                START.plus(duration(words[0])),
                "test",
                new EventId(denied.id()),
                Instant.ofEpochMilli(denied.at()),
                denied.succeeded(),
                "password",
                new PrincipalId(id(words[2])),
                new SourceId(id(words[3])),
                denied.place(),
                Sealed.of("x"));
    }

    public static List<Found> play(RuleBook book, Collection<Login> events) {
        return play(book, events, new HeapMemory());
    }

    public static List<Found> play(RuleBook book, Collection<Login> events, HeapMemory memory) {
        var logins = new Logins(book);
        var found = new ArrayList<Found>();
        for (var event : events) found.addAll(logins.step(memory, event));
        return found;
    }

    /** What a feed shows in the end: the last word of each series. */
    public static List<Found> last(List<Found> found) {
        var last = new LinkedHashMap<SeriesId, Found>();
        for (var each : found) last.put(each.series(), each);
        return List.copyOf(last.values());
    }

    /** {@code <severity> <count> <accounts and addresses, in order of name> [contain]}. */
    public static String inWords(Found found, Map<String, String> names) {
        var who = found.parties().stream()
                .filter(party -> party.kind() != Entity.Kind.HOST)
                .sorted(Comparator.comparing(Found.Party::kind)
                        .thenComparingInt(party -> number(names.get(party.id())))
                        .thenComparing(party -> names.get(party.id())))
                .map(party -> names.get(party.id()))
                .collect(Collectors.joining(" "));
        return found.severity() + " " + found.count() + " " + who + (found.contain() ? " contain" : "");
    }

    /** What every id of these lines stands for. */
    public static Map<String, String> names(List<String> lines) {
        var words = new TreeSet<String>();
        for (var line : lines) {
            var parts = line.split(" ");
            for (int i = 1; i <= 300; i++) {
                words.add(parts[2].replace("#", Integer.toString(i)));
                words.add(parts[3].replace("#", Integer.toString(i)));
            }
        }
        return words.stream().collect(Collectors.toMap(word -> id(word).toString(), word -> word));
    }

    private static int number(String name) {
        var digits = name.replaceAll(".*\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    static Duration duration(String text) {
        var total = Duration.ZERO;
        for (var part : text.split("(?<=[dhms])")) {
            long amount = Long.parseLong(part.substring(0, part.length() - 1));
            total = total.plus(
                    switch (part.charAt(part.length() - 1)) {
                        case 'd' -> Duration.ofDays(amount);
                        case 'h' -> Duration.ofHours(amount);
                        case 'm' -> Duration.ofMinutes(amount);
                        case 's' -> Duration.ofSeconds(amount);
                        default -> throw new IllegalArgumentException(text);
                    });
        }
        return total;
    }
}
