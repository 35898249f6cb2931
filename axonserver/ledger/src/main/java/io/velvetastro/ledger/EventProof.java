package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One event's way to a signed checkpoint: leaf, organisation's root, platform root. Its text form is a tlog-proof of the platform log. */
public record EventProof(Anchor.Path path, InclusionProof anchored, Note checkpoint) {
    public static EventProof of(TlogProof proof, long platformSize) {
        var path = Anchor.Path.parse(Text.utf8(proof.extra(), "anchor path"));
        return new EventProof(path, new InclusionProof(proof.index(), platformSize, proof.path()), proof.checkpoint());
    }

    public TlogProof tlogProof() {
        return new TlogProof(path.text().getBytes(UTF_8), anchored.index(), anchored.path(), checkpoint);
    }

    /** Refuses unless this leaf leads to the trusted checkpoint; answers the organisation's root on the way. */
    public Anchor verify(Hash leaf, Checkpoint trusted) {
        var anchor = path.anchorFor(leaf);
        anchored.verify(anchor.hash(), trusted.root());
        return anchor;
    }
}
