package io.velvetastro.ledger;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the logs of one house are called wherever logs are told apart: the platform's as the house is, an organisation's by its own name under that. Each is signed under its origin, as C2SP would have it, with the house's one key.
 */
public final class Origin {
    private static final Pattern LOG = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Origin() {}

    public static String of(String house, String log) {
        return house + "/" + log;
    }

    /** Whether this can be the log of an organisation of that house. */
    static boolean isWithin(String house, String origin) {
        return origin.startsWith(house + "/")
                && LOG.matcher(origin.substring(house.length() + 1)).matches();
    }

    static List<VerifierKey> named(List<VerifierKey> keys, String origin) {
        return keys.stream().map(key -> key.named(origin)).toList();
    }
}
