package io.velvetastro.decisions.identity;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which passwords will do: long enough, and not to be guessed in a hundred million tries by somebody who knows the 30,000 most common passwords, the language's words, and whose account it is. Which characters it is made of
 * is nobody's business.
 */
class PasswordRules {
    static final int SHORTEST = 12;
    private static final int MEASURED = 100;
    private static final int FAIR = 3;
    private static final int FEWEST_OWN_LETTERS = 6;

    private final Zxcvbn strength = new Zxcvbn();

    /** Why a password will not do, or empty. */
    Optional<String> objection(String password, Email email, String... about) {
        if (password.codePointCount(0, password.length()) < SHORTEST)
            return Optional.of("must have at least " + SHORTEST + " characters");
        var context = context(email, about);
        if (saysLittleElse(password, context))
            return Optional.of("is too easy to guess: it says little but who and where you are");
        var guesses = strength.measure(password.substring(0, Math.min(password.length(), MEASURED)), context);
        return guesses.getScore() < FAIR ? Optional.of("is too easy to guess") : Optional.empty();
    }

    /** Whether few letters are left without the words of the context; digits and signs are what everybody adds. */
    private static boolean saysLittleElse(String password, List<String> context) {
        var letters = lettersOf(password);
        for (var word : context) letters = letters.replace(lettersOf(word), "");
        return letters.length() < FEWEST_OWN_LETTERS && !letters.equals(lettersOf(password));
    }

    private static String lettersOf(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
    }

    /** What a guesser tries first, the longest first: the address and its parts, the person, the organisation, and us. */
    private static List<String> context(Email email, String... about) {
        return Stream.of(
                        Stream.of(email.text(), "velvet", "astro"),
                        parts(email.text()),
                        Arrays.stream(about),
                        Arrays.stream(about).flatMap(PasswordRules::parts))
                .flatMap(words -> words)
                .filter(word -> lettersOf(word).length() > 2)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> parts(String words) {
        return Arrays.stream(words.split("[\\s@._+-]+"));
    }
}
