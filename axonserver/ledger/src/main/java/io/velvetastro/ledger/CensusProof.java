package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a census says of one id, or that it says nothing: then the neighbours between which it would stand are shown. */
public record CensusProof(String id, long size, List<Shown> shown) {
    private static final String HEADER = "velvetastro.io/census-proof@v1";
    private static final String WHERE = "census proof";

    public CensusProof {
        shown = List.copyOf(shown);
    }

    /** An entry and its place. */
    public record Shown(Census.Entry entry, InclusionProof proof) {}

    public String text() {
        var text = new StringBuilder(HEADER)
                .append("\nid ")
                .append(id)
                .append("\nsize ")
                .append(size)
                .append('\n');
        for (var one : shown) {
            text.append("entry ")
                    .append(one.proof().index())
                    .append(' ')
                    .append(one.entry().id())
                    .append(' ')
                    .append(one.entry().count())
                    .append(' ')
                    .append(one.entry().digest())
                    .append('\n');
            one.proof().path().forEach(hash -> text.append(hash).append('\n'));
        }
        return text.toString();
    }

    static CensusProof parse(byte[] bytes) {
        var text = Text.utf8(bytes, WHERE);
        var lines = text.split("\n", -1);
        if (lines.length < 4 || lines.length > 200 || !lines[0].equals(HEADER))
            throw new NotProven(Reason.MALFORMED, WHERE, HEADER, Text.shown(text));
        var id = id(Text.after("id ", lines[1], WHERE));
        var size = Text.number(Text.after("size ", lines[2], WHERE), WHERE);
        var proof = new CensusProof(id, size, shown(Arrays.copyOfRange(lines, 3, lines.length - 1), size));
        if (!proof.text().equals(text)) throw new NotProven(Reason.MALFORMED, WHERE, "its only spelling", "another");
        return proof;
    }

    private static List<Shown> shown(String[] lines, long size) {
        var shown = new ArrayList<Shown>();
        for (int at = 0; at < lines.length; ) {
            var words = Text.after("entry ", lines[at], WHERE).split(" ", -1);
            if (words.length != 4)
                throw new NotProven(
                        Reason.MALFORMED, WHERE, "entry <index> <id> <count> <digest>", Text.shown(lines[at]));
            int end = at + 1;
            while (end < lines.length && !lines[end].startsWith("entry ")) end++;
            var entry = new Census.Entry(id(words[1]), Text.number(words[2], WHERE), Hash.parse(words[3]));
            shown.add(new Shown(
                    entry, new InclusionProof(Text.number(words[0], WHERE), size, Anchor.hashes(lines, at + 1, end))));
            at = end;
        }
        return shown;
    }

    private static String id(String text) {
        if (!Census.ID.matcher(text).matches()) throw new NotProven(Reason.MALFORMED, WHERE, "an id", Text.shown(text));
        return text;
    }

    /** What a census of this root says of the id; an entry of nothing where the gap is shown. */
    Census.Entry verify(Stretch stretch) {
        if (size != stretch.ids()) throw new NotProven(Reason.CONTRADICTED, WHERE, stretch.ids(), size);
        for (var one : shown) one.proof().verify(one.entry().hash(), stretch.root());
        if (shown.size() == 1 && shown.getFirst().entry().id().equals(id))
            return shown.getFirst().entry();
        if (!isGap())
            throw new NotProven(Reason.MISSING, WHERE, "the entry of " + id + " or the gap it leaves", "neither");
        return Census.Entry.none(id);
    }

    private boolean isGap() {
        return switch (shown.size()) {
            case 0 -> size == 0;
            case 1 ->
                shown.getFirst().proof().index() == 0 && isBefore(id, shown.getFirst())
                        || shown.getFirst().proof().index() == size - 1 && isBefore(shown.getFirst(), id);
            case 2 ->
                shown.getLast().proof().index() == shown.getFirst().proof().index() + 1
                        && isBefore(shown.getFirst(), id)
                        && isBefore(id, shown.getLast());
            default -> false;
        };
    }

    private static boolean isBefore(Shown left, String right) {
        return left.entry().id().compareTo(right) < 0;
    }

    private static boolean isBefore(String left, Shown right) {
        return left.compareTo(right.entry().id()) < 0;
    }
}
