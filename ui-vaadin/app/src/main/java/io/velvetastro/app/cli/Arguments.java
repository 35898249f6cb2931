package io.velvetastro.app.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was typed behind the command: one file at most, options with a value, and {@code --param k=v} as often as wanted. */
final class Arguments {
    private final List<String> files = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> params = new LinkedHashMap<>();

    Arguments(List<String> typed, Set<String> known) {
        var rest = typed.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            if (!word.startsWith("--")) {
                files.add(word);
                continue;
            }
            if (!rest.hasNext()) throw Failed.misused(word + " wants a value.");
            if (word.equals("--param")) {
                param(rest.next());
            } else if (known.contains(word.substring(2))) {
                options.put(word.substring(2), rest.next());
            } else {
                throw Failed.misused("There is no option " + word + " here; there are --"
                        + String.join(", --", known.stream().sorted().toList()) + ".");
            }
        }
    }

    private void param(String pair) {
        var equals = pair.indexOf('=');
        if (equals < 1) throw Failed.misused("--param wants name=value, not " + pair + ".");
        params.put(pair.substring(0, equals), pair.substring(equals + 1));
    }

    String file() {
        if (files.size() != 1)
            throw Failed.misused("Name one file" + (files.isEmpty() ? "." : ", not " + files.size() + "."));
        return files.getFirst();
    }

    void noFile() {
        if (!files.isEmpty()) throw Failed.misused("There is nothing to do with " + files.getFirst() + " here.");
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    String required(String name) {
        return option(name).orElseThrow(() -> Failed.misused("--" + name + " is missing."));
    }

    Map<String, String> params() {
        return params;
    }

    double number(String name, double otherwise, double least, double most) {
        var typed = option(name);
        if (typed.isEmpty()) return otherwise;
        try {
            var number = Double.parseDouble(typed.get());
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException notANumber) {
            // Said below, like a number out of range.
        }
        throw Failed.misused(String.format(
                Locale.ROOT, "--%s wants a number from %s to %s, not %s.", name, least, most, typed.get()));
    }

    /** 90s, 15m, 24h or 7d. */
    Duration duration(String name, Duration otherwise) {
        var typed = option(name);
        if (typed.isEmpty()) return otherwise;
        if (!typed.get().matches("\\d{1,6}[smhd]"))
            throw Failed.misused("--" + name + " wants a time like 90s, 15m or 24h, not " + typed.get() + ".");
        var amount = Long.parseLong(typed.get().substring(0, typed.get().length() - 1));
        return switch (typed.get().charAt(typed.get().length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    URI url() {
        var typed = option("url").orElse("http://localhost:8080");
        try {
            var url = URI.create(typed.replaceAll("/+$", ""));
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null)
                return url;
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw Failed.misused("--url wants an address like http://localhost:8080, not " + typed + ".");
    }
}
