package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.post.Letter;
import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.language.Plan;
import io.velvetastro.questions.Organizations.BeyondPlan;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the house writes to people about their way in. Plain text: nothing in it loads anything, and a link shows where it leads. */
class Letters {
    static final String REGISTERING = "registration";
    static final String RESETTING = "password reset";
    static final String NOTICE = "notice";
    static final String INVITATION = "invitation";
    static final String PLAN = "plan";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm", Locale.ENGLISH);
    private static final Duration NEWS = Duration.ofDays(7);

    private final Outbox outbox;
    private final HouseAddress house;

    Letters(Outbox outbox, HouseAddress house) {
        this.outbox = outbox;
        this.house = house;
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

                Choose it here within an hour:
                %s

                All your sessions end then. If it was not you, do nothing: your password stays as it is.
                """.formatted(house.link("reset#" + token)),
                Links.Kind.RESET.lasts);
    }

    void invited(Email to, String organization, Duration goodFor, String token) {
        write(
                INVITATION,
                to,
                "You are invited to " + plain(organization),
                """
                You are invited to join %s at Velvet Astro. Choose your name and password here within seven days:
                %s

                If you do not know why, you need to do nothing.
                """.formatted(organization, house.link("join#" + token)),
                goodFor);
    }

    /** To whoever administers an organisation whose plan keeps less than the one before. */
    void keepsLess(Email to, String organization, Plan plan, Instant from) {
        int months = plan.keepsMonths();
        write(
                PLAN,
                to,
                "Your plan keeps names for " + (months == 1 ? "one month" : months + " months"),
                """
                %s is on the plan %s now. It keeps names and addresses in your events readable for %s.

                This holds for what is recorded from %s UTC on: the keys of each month that lies wholly further back are destroyed then, for good. What was recorded before is kept as the plan before has promised. Events, findings and proofs stay in any case, and a legal hold keeps everything until it is lifted.

                What will end, and when:
                %s
                """.formatted(
                                organization,
                                called(plan),
                                months == 1 ? "one month" : months + " months",
                                TIME.format(from.atOffset(ZoneOffset.UTC)),
                                house.link("admin")),
                Plan.GRACE);
    }

    /** To whoever administers an organisation whose plan has nearly as many runs of playbooks, or no more. */
    void runs(Email to, String organization, long runs, long limit) {
        boolean all = runs >= limit;
        write(
                PLAN,
                to,
                all
                        ? "The plan's playbook runs of this month are used up"
                        : "Most of the plan's playbook runs of this month are used",
                """
                Playbooks of %s have answered %,d attacks this month (UTC). The plan has %,d.

                Nothing stops: attacks are answered as before, and everything can be read. Somebody may be attacking you more than usual, or a larger plan may fit.

                What is used:
                %s
                """.formatted(organization, runs, limit, house.link("plan")),
                Plan.GRACE);
    }

    /** To whoever administers an organisation that has more than its plan has room for. */
    void beyondThePlan(Email to, String organization, Plan plan, BeyondPlan beyond, Instant from) {
        write(
                PLAN,
                to,
                "You have more than your plan has room for",
                """
                %s is on the plan %s now, and has more than it has room for: %s.

                Until %s UTC everything goes on as before. From then on what is beyond the plan only reads: the newest members, administrators last, and the newest service accounts, which still send logs. Nothing is deleted, and it ends at once with a larger plan or with fewer of them.

                Who and what it is:
                %s
                """.formatted(
                                organization,
                                called(plan),
                                Stream.of(
                                                counted(beyond.members(), "member"),
                                                counted(beyond.serviceAccounts(), "service account"))
                                        .flatMap(Optional::stream)
                                        .collect(Collectors.joining(" and ")),
                                TIME.format(from.atOffset(ZoneOffset.UTC)),
                                house.link("admin")),
                Plan.GRACE);
    }

    private static Optional<String> counted(long many, String what) {
        return many == 0 ? Optional.empty() : Optional.of(many + " " + what + (many == 1 ? "" : "s") + " too many");
    }

    private static String called(Plan plan) {
        return plan.name().charAt(0) + plan.name().substring(1).toLowerCase(Locale.ENGLISH);
    }

    /** In a subject there is one line. */
    private static String plain(String words) {
        return words.replaceAll("\\p{Cntrl}", " ");
    }

    /** Of what happened to somebody's way in, with the way to say that it was not them. */
    void notice(
            Email to,
            NoticeKind kind,
            Instant at,
            @Nullable String device,
            @Nullable String place,
            @Nullable Integer codesLeft,
            String token) {
        var what = switch (kind) {
            case NEW_DEVICE -> "Somebody signed in to your account from a device or place that is new to it.";
            case PASSWORD_CHANGED -> "The password of your account was changed.";
            case SECOND_FACTOR_ON -> "Two-step sign-in was switched on for your account.";
            case SECOND_FACTOR_OFF -> "Two-step sign-in was switched off for your account.";
            case SECOND_FACTOR_RESET ->
                "An administrator of your organisation has reset two-step sign-in for your account: the app, the recovery codes and the passkeys you had count no more.";
            case RECOVERY_CODES -> "New recovery codes were made for your account; the old ones are void.";
            case RECOVERY_CODE_USED ->
                "One of your recovery codes was used in the place of your app; left now: " + codesLeft + ".";
            case PASSKEY_ADDED -> "A passkey was added to your account.";
            case PASSKEY_REMOVED -> "A passkey was removed from your account.";
            case SESSION_STOLEN ->
                "A token of one of your sessions was used twice, as if somebody had copied it. That session was ended.";
            case CODES_GUESSED ->
                "Somebody gave the right password of your account, and then three wrong codes or more, from a device that is not known. They are not in.";
            case PASSWORD_GIVEN ->
                "Somebody gave the right password of your account on a device that is not known, and was asked for your passkey. With the password alone they are not in.";
            case CODES_GUESSED_WHERE_KNOWN ->
                "Three wrong codes of your two-step sign-in or more were given from a device of yours, or inside a session of yours.";
        };
        write(
                NOTICE,
                to,
                subject(kind),
                """
                %s

                When    %s UTC
                Device  %s
                Place   %s

                If it was you, you need to do nothing. If it was not, say so here within 7 days: it ends every session and lets you choose a new password.
                %s
                """.formatted(
                                what,
                                TIME.format(at.atOffset(ZoneOffset.UTC)),
                                device == null ? "not known" : device,
                                place == null ? "not known" : place,
                                house.link("not-me#" + token)),
                NEWS);
    }

    private static String subject(NoticeKind kind) {
        return switch (kind) {
            case NEW_DEVICE -> "New sign-in to your account";
            case PASSWORD_CHANGED -> "Your password was changed";
            case SECOND_FACTOR_ON -> "Two-step sign-in is on";
            case SECOND_FACTOR_OFF -> "Two-step sign-in is off";
            case SECOND_FACTOR_RESET -> "Two-step sign-in was reset";
            case RECOVERY_CODES -> "New recovery codes";
            case RECOVERY_CODE_USED -> "A recovery code was used";
            case PASSKEY_ADDED -> "A passkey was added";
            case PASSKEY_REMOVED -> "A passkey was removed";
            case SESSION_STOLEN -> "One of your sessions was ended";
            case CODES_GUESSED -> "Somebody may know your password";
            case PASSWORD_GIVEN -> "Your password was given on a new device";
            case CODES_GUESSED_WHERE_KNOWN -> "Wrong codes from where you are known";
        };
    }

    private void write(String kind, Email to, String subject, String text, Duration goodFor) {
        outbox.write(new Letter(kind, to.text(), "Velvet Astro: " + subject, text, goodFor));
    }
}
