package io.velvetastro.screens.parts;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.Engine;
import io.velvetastro.language.Role;
import io.velvetastro.language.Stage;
import io.velvetastro.questions.Attacks.Outcome;
import io.velvetastro.questions.Incidents.Status;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the house writes numbers and names of things. */
public final class Words {
    private static final String PLAYBOOK = "playbook:";
    private static final String OURSELVES = "velvet-astro";

    private static final Pattern ID =
            Pattern.compile("\\b([0-9a-f]{4})[0-9a-f]{4}-(?:[0-9a-f]{4}-){3}[0-9a-f]{10}([0-9a-f]{2})\\b");
    private static final Pattern FRACTION = Pattern.compile("(?<=:\\d\\d)\\.\\d+Z\\b");
    private static final char THIN = '\u202f';

    private Words() {}

    /** {@code 12 481}, with a thin space between thousands that no line breaks at. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', THIN);
    }

    /** {@code 1 finding}, {@code 12 findings}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** How long something stays, in months; zero stands for ever. */
    public static String months(long months) {
        if (months == 0) return "No end";
        return months % 12 == 0 ? count(months / 12, "year", "years") : count(months, "month", "months");
    }

    public static String percent(double share) {
        double percent = share * 100;
        if (percent == 100) return "100" + THIN + "%";
        return String.format(Locale.ROOT, percent > 0 && percent < 0.1 ? "%.2f" : "%.1f", percent) + THIN + "%";
    }

    public static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** {@code 30 minutes}, in the largest unit that says it whole. */
    public static String lasting(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 3_600 == 0) return count(seconds / 3_600, "hour", "hours");
        return seconds % 60 == 0 ? count(seconds / 60, "minute", "minutes") : count(seconds, "second", "seconds");
    }

    /** {@code +0.42} or {@code −0.13}, with a real minus. */
    public static String signed(double number) {
        return (number < 0 ? "−" : "+") + decimal(Math.abs(number));
    }

    /** The form that URLs, attributes and style sheets use. */
    public static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** {@code AB} for a mark where there is no picture. */
    public static String initials(String name) {
        var parts = name.strip().split("[\\s@._-]+");
        var letters = new StringBuilder(2);
        for (var part : parts)
            if (!part.isEmpty() && letters.length() < 2) letters.appendCodePoint(part.codePointAt(0));
        return letters.toString().toUpperCase(Locale.ROOT);
    }

    /** What a note on an event calls its author: {@code engine:heuristics} is "heuristics". */
    public static String actor(String actor) {
        if (actor.equals(OURSELVES) || actor.equals("service:" + OURSELVES)) return "the house";
        if (actor.startsWith(PLAYBOOK))
            return "playbook "
                    + actor.substring(PLAYBOOK.length())
                            .replaceFirst("/\\d+$", "")
                            .replace('-', ' ');
        int colon = actor.indexOf(':');
        return colon < 0 ? actor : actor.substring(colon + 1);
    }

    public static String of(Stage stage) {
        return stage.number() + " "
                + switch (stage) {
                    case RECONNAISSANCE -> "Recon";
                    case WEAPONIZATION -> "Weapon";
                    case DELIVERY -> "Delivery";
                    case EXPLOITATION -> "Exploit";
                    case INSTALLATION -> "Install";
                    case COMMAND_AND_CONTROL -> "C2";
                    case ACTIONS_ON_OBJECTIVES -> "Actions";
                };
    }

    public static String of(Engine engine) {
        return switch (engine) {
            case STATISTICS -> "Statistics";
            case HEURISTICS -> "Heuristics";
            case DECEPTION -> "Deception";
            case FINGERPRINT -> "Fingerprint";
            case INTELLIGENCE -> "Intelligence";
            case CHAIN -> "Chain";
            case EXTERNAL -> "Other tools";
        };
    }

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case BLOCKED -> "Blocked";
            case WATCHING -> "Watching";
            case NEEDS_YOU -> "Needs you";
            case RESOLVED -> "Resolved";
        };
    }

    public static String of(Status status) {
        return switch (status) {
            case OPEN -> "New";
            case IN_PROGRESS -> "In progress";
            case CONTAINED -> "Contained";
            case RESOLVED -> "Resolved";
            case MERGED -> "Merged";
        };
    }

    public static String of(Disposition disposition) {
        return switch (disposition) {
            case TRUE_POSITIVE -> "A real attack";
            case BENIGN_TRUE_POSITIVE -> "Real, but harmless or allowed";
            case FALSE_POSITIVE_LOGIC -> "False alarm: the rule is wrong";
            case FALSE_POSITIVE_DATA -> "False alarm: the data is wrong";
            case UNDETERMINED -> "Could not be determined";
        };
    }

    public static String of(Role role) {
        return switch (role) {
            case SUPER_ADMIN -> "Super admin";
            case ORG_ADMIN -> "Organisation admin";
            case IT_SECURITY -> "IT security";
            case EMPLOYEE -> "Employee";
            case SERVICE -> "Service account";
        };
    }

    /** What a permission lets somebody do. */
    public static String of(Authority authority) {
        return switch (authority) {
            case MONITOR_READ -> "See health and traffic";
            case MONITOR_WRITE -> "Send logs";
            case INCIDENTS_READ -> "See attacks and incidents";
            case INCIDENTS_WRITE -> "Work on incidents";
            case DEFENSE_READ -> "See blocks";
            case DEFENSE_WRITE -> "Block and lift blocks";
            case ORG_ADMIN -> "Run the organisation";
            case PLATFORM_ADMIN -> "Run the house";
        };
    }

    /** The same, with the name that programs and the documents know it by. */
    public static String scope(Authority authority) {
        return of(authority) + " (" + authority.text() + ")";
    }

    public static String capital(Enum<?> value) {
        return capital(key(value).replace('_', ' '));
    }

    public static String capital(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** {@code RoleGiven} or {@code checkpoint.size} as people say it. */
    public static String spaced(String type) {
        return capital(
                type.replace('.', ' ').replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
    }

    /** The type that somebody means who says it so, or as it stands in events. */
    public static String type(String spaced) {
        return Pattern.compile("(?:^|\\s+)(\\w)")
                .matcher(spaced.strip())
                .replaceAll(first -> first.group(1).toUpperCase(Locale.ROOT));
    }

    /** Ids by their ends and times by the second, for where there is no room for all of them. */
    public static String brief(String facts) {
        return FRACTION.matcher(ID.matcher(facts).replaceAll("$1…$2")).replaceAll("Z");
    }
}
