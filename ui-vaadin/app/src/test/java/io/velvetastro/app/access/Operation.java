package io.velvetastro.app.access;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** One thing that can be asked of the house, and who is said to be allowed to. */
record Operation(
        String method, String path, String who, @Nullable String body) {
    private static final Set<String> WORDS = Set.of("anyone", "someone", "member");

    static List<Operation> declared() {
        try {
            var text = new ClassPathResource("access/operations.txt").getContentAsString(StandardCharsets.UTF_8);
            var operations = new ArrayList<Operation>();
            for (var line : text.lines().map(String::strip).toList())
                if (!line.isEmpty() && !line.startsWith("#")) operations.add(of(line));
            return operations;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Operation of(String line) {
        var words = line.split("\\s+", 4);
        var who = words[2];
        if (!WORDS.contains(who))
            for (var one : who.split("\\+"))
                if (Authority.of(one).isEmpty()) throw new IllegalArgumentException("Nobody is called " + one);
        return new Operation(words[0], words[1], who, words.length > 3 ? words[3] : null);
    }

    String name() {
        return method + " " + path;
    }

    /** What is said of people with this role. */
    boolean isFor(Role role) {
        return WORDS.contains(who) || role.authorities().containsAll(authorities());
    }

    boolean isForAnyone() {
        return who.equals("anyone");
    }

    /** A program that was given all that programs can be given. */
    boolean isForPrograms() {
        return !who.equals("member") && (WORDS.contains(who) || takesScopes());
    }

    /** Whether a program's scopes decide. */
    boolean takesScopes() {
        return !WORDS.contains(who) && authorities().stream().allMatch(Authority::isForPrograms);
    }

    /** All that it takes. */
    Set<Authority> authorities() {
        return Arrays.stream(who.split("\\+"))
                .map(one -> Authority.of(one).orElseThrow())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Authority.class)));
    }
}
