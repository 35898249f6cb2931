package io.velvetastro.screens.forensics;

import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.InclusionProof;
import io.velvetastro.ledger.InclusionProof.Step;
import io.velvetastro.ledger.SingleEvent;
import io.velvetastro.screens.parts.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way from an event to the signed root, as stations to draw and as lines to read. */
record Walk(List<Station> stations, List<Line> lines, int hashes) {
    /** How many levels of each tree are drawn; the rest is a dotted piece of the way. */
    private static final int DRAWN = 3;

    /**
     * A hash on the way.
     *
     * @param title what it is, where it is more than a step
     * @param given the hash of the proof that was needed to come here; empty at a beginning
     * @param skipped how many levels are left out just before it
     */
    record Station(String title, String hash, String given, boolean givenIsLeft, int skipped, boolean end) {}

    /** The same in words, every level. */
    record Line(String what, String hash, @Nullable String given) {}

    static Walk of(SingleEvent event) {
        var path = event.path();
        var leaf = event.leaf().hash();
        var own = path.path().proof();
        var anchor = path.path().anchorFor(leaf);
        var stations = new ArrayList<Station>();
        var lines = new ArrayList<Line>();
        stations.add(begins("This event", leaf));
        lines.add(new Line("Leaf " + Words.count(own.index()) + " of this organisation’s log", shown(leaf), null));
        climb(stations, lines, own, leaf, "Your root", false);
        stations.add(begins("Its leaf in the platform log", anchor.hash()));
        lines.add(new Line(
                "Leaf " + Words.count(path.anchored().index()) + " of the platform log", shown(anchor.hash()), null));
        climb(stations, lines, path.anchored(), anchor.hash(), "Signed root", true);
        return new Walk(
                stations, lines, own.path().size() + path.anchored().path().size());
    }

    private static Station begins(String title, Hash hash) {
        return new Station(title, brief(hash), "", false, 0, false);
    }

    private static void climb(
            List<Station> stations, List<Line> lines, InclusionProof proof, Hash leaf, String root, boolean end) {
        var steps = proof.steps(leaf);
        if (steps.isEmpty()) {
            var only = stations.removeLast();
            stations.add(
                    new Station(only.title() + ", " + root.toLowerCase(Locale.ROOT), only.hash(), "", false, 0, end));
        }
        int skipped = steps.size() > DRAWN + 1 ? steps.size() - DRAWN : 0; // Saying "1 more" takes the room of one.
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            boolean last = i == steps.size() - 1;
            lines.add(new Line(last ? root : "Level " + (i + 1), shown(step.computed()), shown(step.given())));
            if (i > 0 && i <= skipped) continue;
            stations.add(station(step, last ? root : "", skipped > 0 && i == skipped + 1 ? skipped : 0, last && end));
        }
    }

    private static Station station(Step step, String title, int skipped, boolean end) {
        return new Station(title, brief(step.computed()), brief(step.given()), step.givenIsLeft(), skipped, end);
    }

    static String brief(Hash hash) {
        var hex = hash.hex();
        return hex.substring(0, 4) + "…" + hex.substring(hex.length() - 2);
    }

    private static String shown(Hash hash) {
        return hash.hex();
    }
}
