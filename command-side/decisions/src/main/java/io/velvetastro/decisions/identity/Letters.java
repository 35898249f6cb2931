package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.post.Letter;
import io.velvetastro.decisions.post.Outbox;
import java.time.Duration;

/** What the house writes to people about their way in. Plain text: nothing in it loads anything, and a link shows where it leads. */
class Letters {
    private static final String REGISTERING = "registration";
    private static final String RESETTING = "password reset";
    private static final String NOTICE = "notice";
    private static final Duration NEWS = Duration.ofDays(7);

    private final Outbox outbox;
    private final HouseAddress house;

    Letters(Outbox outbox, HouseAddress house) {
        this.outbox = outbox;
        this.house = house;
    }

    static String kindOf(Links.Kind kind) {
        return switch (kind) {
            case REGISTER -> REGISTERING;
            case RESET -> RESETTING;
        };
    }

    void verify(Email to, String organization, String token) {
        write(
                REGISTERING,
                to,
                "Confirm your address",
                """
                Somebody, we hope you, wants to register %s at Velvet Astro with this address.

                To go on, choose your password here within 24 hours:
                %s

                If it was not you, do nothing: without that link no account is made.
                """.formatted(organization, house.link("verify#" + token)),
                Links.Kind.REGISTER.lasts);
    }

    /** To who has an account already; at the door it looked the same. */
    void isKnown(Email to) {
        write(
                REGISTERING,
                to,
                "You have an account already",
                """
                Somebody, perhaps you, wanted to register at Velvet Astro with this address. You have an account here already:
                %s

                If you do not know your password any more, you can choose a new one:
                %s

                If it was not you, you need to do nothing.
                """.formatted(house.link("login"), house.link("forgot")),
                Links.Kind.REGISTER.lasts);
    }

    void reset(Email to, String token) {
        write(
                RESETTING,
                to,
                "Choose a new password",
                """
                Somebody, we hope you, asked for a new password for your account at Velvet Astro.

                Choose it here within 30 minutes:
                %s

                All your sessions end then. If it was not you, do nothing: your password stays as it is.
                """.formatted(house.link("reset#" + token)),
                Links.Kind.RESET.lasts);
    }

    void passwordChanged(Email to) {
        write(NOTICE, to, "Your password was changed", """
                The password of your account at Velvet Astro was changed.

                If that was not you, choose a new one at once; all sessions end then:
                %s
                """.formatted(house.link("forgot")), NEWS);
    }

    private void write(String kind, Email to, String subject, String text, Duration goodFor) {
        outbox.write(new Letter(kind, to.text(), "Velvet Astro: " + subject, text, goodFor));
    }
}
