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
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** One thing that can be asked of the house, and who is said to be allowed to. */
record Operation(
        String method, String path, String who, @Nullable String body) {
    private static final Set<String> WORDS = Set.of("anyone", "someone", "member");
    /** Numbers in one's own log, names that the house gives, and letters that who runs the house reads. */
    private static final Set<String> NOBODYS = Set.of("/doubts/{leaf}", "/views/{name}", "/outbox/{letter}");

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern NAMED = Pattern.compile("\\$\\w+");

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

    /** The parameters of its path, each with the word before it: {@code /members/{member}}. */
    List<String> slots() {
        return PARAMETER
                .matcher(path)
                .results()
                .map(found -> slot(found.start()) + found.group())
                .toList();
    }

    String path(UnaryOperator<String> value) {
        return PARAMETER.matcher(path).replaceAll(found -> value.apply(slot(found.start()) + found.group()));
    }

    private String slot(int at) {
        return path.substring(path.lastIndexOf('/', at - 2), at);
    }

    /** What its body names by id: {@code $incident}. */
    List<String> named() {
        return body == null
                ? List.of()
                : NAMED.matcher(body).results().map(MatchResult::group).toList();
    }

    /** Whether its path holds ids of what organisations have. */
    boolean namesThingsInItsPath() {
        return !isForAnyone() && !slots().isEmpty() && !NOBODYS.containsAll(slots());
    }

    boolean namesThings() {
        return namesThingsInItsPath() || !named().isEmpty();
    }

    boolean namesWhatIsOneMembers() {
        return who.equals("member") && slots().stream().anyMatch(slot -> !slot.equals("/orgs/{organization}"));
    }

    @Nullable
    String body(UnaryOperator<String> value) {
        return body == null ? null : NAMED.matcher(body).replaceAll(found -> value.apply(found.group()));
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
