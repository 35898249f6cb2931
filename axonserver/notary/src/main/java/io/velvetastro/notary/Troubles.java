package io.velvetastro.notary;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the quiet work beside the ledger stumbles over, until it is over: for the health page, where somebody looks. It names nobody's organisation. */
final class Troubles {
    /** Each is one thing to look at; more only say the same. */
    private static final int MOST = 100;

    private final Map<String, String> standing = new TreeMap<>();

    /** From here on, until {@link #over} is told of the same. */
    synchronized void stand(String what, String words) {
        if (standing.size() < MOST || standing.containsKey(what)) standing.put(what, words);
    }

    synchronized void over(String what) {
        standing.remove(what);
    }

    /** One of them, and how many others there are. */
    synchronized Optional<String> words() {
        int others = standing.size() - 1;
        return standing.values().stream()
                .findFirst()
                .map(words ->
                        others == 0 ? words : words + " (and " + others + (others == 1 ? " other" : " others") + ")");
    }
}
