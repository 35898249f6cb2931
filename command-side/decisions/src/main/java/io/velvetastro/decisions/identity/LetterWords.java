package io.velvetastro.decisions.identity;

import java.util.regex.Pattern;

/** What somebody may put into letters to people who know nothing of them. */
final class LetterWords {
    /** Mail programs make links of it. */
    private static final Pattern LOOKS_LIKE_A_HOST = Pattern.compile("[\\p{L}\\d]\\.\\p{L}{2,}");

    private LetterWords() {}

    /** Whether it is a name and nothing more: no line of its own, and no address to follow. */
    static boolean areAName(String words) {
        return words.chars().noneMatch(Character::isISOControl)
                && !words.contains("://")
                && !LOOKS_LIKE_A_HOST.matcher(words).find();
    }
}
