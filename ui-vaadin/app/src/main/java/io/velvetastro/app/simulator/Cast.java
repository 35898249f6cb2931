package io.velvetastro.app.simulator;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The people of the simulated organisation, and the machines that only look like people. Every name is invented. */
final class Cast {
    private static final double DAY_SECONDS = 86_400;
    private static final int SIGN_INS_A_DAY = 3;
    /** So many people share one address: an office has several ways out. */
    private static final int DESKS = 12;

    private static final List<String> FIRST = List.of(
            "ada", "amir", "anna", "bela", "carlos", "chen", "dana", "david", "elena", "emil", "fatima", "felix",
            "grace", "hana", "henrik", "ines", "ivan", "jana", "jonas", "kaito", "karin", "lars", "leila", "lucia",
            "magnus", "maria", "mila", "nadia", "nils", "nora", "olav", "olga", "paul", "priya", "rafael", "rosa",
            "samir", "sigrid", "sofia", "sven", "tara", "theo", "tomas", "uma", "vera", "victor", "wanda", "yara",
            "yusuf", "zoe");
    private static final List<String> LAST = List.of(
            "aas",
            "berg",
            "costa",
            "dahl",
            "eriksen",
            "farah",
            "grant",
            "haugen",
            "iversen",
            "jensen",
            "kowalski",
            "lima",
            "moen",
            "novak",
            "okafor",
            "pereira",
            "quist",
            "rossi",
            "silva",
            "tanaka",
            "ulven",
            "varga",
            "weber",
            "yilmaz");
    private static final List<String> DESKTOPS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    private static final List<String> MOBILES = List.of(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36");
    private static final String TABLET =
            "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
    private static final List<String> TOOLS =
            List.of("python-requests/2.32.3", "curl/8.9.1", "Go-http-client/2.0", "okhttp/4.12.0");
    static final List<String> HOSTS = List.of("portal", "mail", "vpn", "wiki");

    /** Someone who works here: one home, one office, a desktop and something to carry. */
    record Person(String name, Atlas.City city, String home, String office, String desktop, String mobile) {}

    /** An app that still tries an account that is long gone. */
    record StaleApp(String name, String address, String agent) {}

    private final List<Person> people;
    private final List<StaleApp> staleApps;
    private final List<String> bots;

    /** As many as the rate keeps busy: a larger organisation signs in more often because it is more people, not because they are hastier. */
    Cast(long seed, double perSecond) {
        var aDay = perSecond * DAY_SECONDS;
        people = some(aDay * Figures.SUCCESS / SIGN_INS_A_DAY, i -> person(i, Dice.of(seed, "person", i)));
        staleApps = some(aDay * Figures.UNKNOWN_ACCOUNT / SIGN_INS_A_DAY, i -> staleApp(i, Dice.of(seed, "app", i)));
        bots = some(aDay * Figures.ATTACK_ADDRESS / SIGN_INS_A_DAY, i -> attacker(Dice.of(seed, "bot", i)));
    }

    private static <T> List<T> some(double count, IntFunction<T> one) {
        return IntStream.range(0, Math.clamp(Math.round(count), 60, 100_000))
                .mapToObj(one)
                .toList();
    }

    private static Person person(int number, RandomGenerator dice) {
        var city = Atlas.home(dice);
        var names = FIRST.size() * LAST.size();
        var namesake = number < names ? "" : String.valueOf(number / names + 1);
        var name = FIRST.get(number % FIRST.size()) + "." + LAST.get(number / FIRST.size() % LAST.size()) + namesake;
        var mobile = dice.nextDouble() < Figures.TABLET / (Figures.TABLET + Figures.MOBILE)
                ? TABLET
                : Dice.one(MOBILES, dice);
        return new Person(
                name,
                city,
                city.address(dice.nextInt()),
                city.address(number / DESKS),
                Dice.one(DESKTOPS, dice),
                mobile);
    }

    private static StaleApp staleApp(int number, RandomGenerator dice) {
        return new StaleApp("former." + number, Atlas.home(dice).address(dice.nextInt()), Dice.one(MOBILES, dice));
    }

    /** Few people sign in often and many rarely. */
    Person someone(RandomGenerator dice) {
        return people.get((int) (people.size() * Math.pow(dice.nextDouble(), 1.25)));
    }

    List<Person> crowd(int size, RandomGenerator dice) {
        return dice.ints(0, people.size())
                .distinct()
                .limit(Math.min(size, people.size()))
                .mapToObj(people::get)
                .toList();
    }

    StaleApp staleApp(RandomGenerator dice) {
        return Dice.one(staleApps, dice);
    }

    String bot(RandomGenerator dice) {
        return Dice.one(bots, dice);
    }

    /** An account that was never here: what guessing programs try. */
    static String guess(RandomGenerator dice) {
        return Dice.one(
                        List.of(
                                "admin",
                                "administrator",
                                "test",
                                "info",
                                "support",
                                "backup",
                                "scanner",
                                "postgres",
                                "oracle",
                                "guest"),
                        dice)
                + (dice.nextInt(3) == 0 ? String.valueOf(dice.nextInt(100)) : "");
    }

    static String attacker(RandomGenerator dice) {
        return Atlas.lair(dice).address(dice.nextInt());
    }

    static String tool(RandomGenerator dice) {
        return Dice.one(TOOLS, dice);
    }
}
