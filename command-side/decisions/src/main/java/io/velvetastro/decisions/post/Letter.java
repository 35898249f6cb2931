package io.velvetastro.decisions.post;

import java.time.Duration;

/**
 * What somebody is told outside the house.
 *
 * @param kind what it is about, in one word that a list may show
 * @param goodFor after that it is of no use any more and is not sent
 */
public record Letter(String kind, String to, String subject, String text, Duration goodFor) {
    public Letter {
        if (to.chars().anyMatch(Character::isISOControl) || subject.chars().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("a line break in a header would begin another header");
    }

    @Override
    public String toString() {
        return "Letter about " + kind; // Its words may let somebody in.
    }
}
