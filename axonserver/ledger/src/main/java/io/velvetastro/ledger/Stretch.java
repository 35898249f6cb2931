package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a recorded census is about: the leaves from one index up to another, how many ids they name, and the root over those.
 */
public record Stretch(long from, long to, long ids, Hash root) {
    private static final String TYPE = "io.velvetastro.language.CensusEvent$CensusTaken";
    private static final Pattern FORM = Pattern.compile(
            "\"from\":(\\d{1,18}),\"to\":(\\d{1,18}),\"ids\":(\\d{1,18}),\"root\":\"([A-Za-z0-9+/]{43}=)\"");

    /** The stretch that an event records, if it records one. */
    public static Optional<Stretch> of(Leaf leaf) {
        if (!leaf.payloadType().equals(TYPE)) return Optional.empty();
        var form = FORM.matcher(new String(leaf.payload(), ISO_8859_1));
        if (!form.find()) return Optional.empty();
        return Optional.of(new Stretch(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                Hash.parse(form.group(4))));
    }
}
