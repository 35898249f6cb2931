package io.velvetastro.ledger;

/** Something that claims to be evidence is not: says where, what was expected and what was found. */
public final class NotProven extends RuntimeException {
    /** Why it is refused; a closed list, so that a caller can tell forgery from damage. */
    public enum Reason {
        /** It does not have the form its format prescribes. */
        MALFORMED,
        /** It is larger than anything honest, or tries to be written elsewhere. */
        HOSTILE,
        /** A file that belongs to a bundle is not there. */
        MISSING,
        /** It names another log than the one that was pinned. */
        WRONG_ORIGIN,
        /** The pinned key has not signed it. */
        UNSIGNED,
        /** A signature under a pinned key's name is not that key's. */
        FORGED,
        /** The hashes do not lead from the leaf to the signed root. */
        NOT_INCLUDED,
        /** The newer tree does not contain the older one: history was rewritten. */
        INCONSISTENT,
        /** A census counted events that are not there. */
        INCOMPLETE,
        /** A witness has seen this log go on behind it. */
        OLDER,
        /** Two parts of the evidence contradict each other. */
        CONTRADICTED
    }

    private final Reason reason;
    private final String where;
    private final String expected;
    private final String found;

    public NotProven(Reason reason, String where, Object expected, Object found) {
        super(where + ": expected " + expected + ", found " + found);
        this.reason = reason;
        this.where = where;
        this.expected = expected.toString();
        this.found = found.toString();
    }

    /** The same finding, told from further out: {@code proofs/7.tlog-proof: a hash}. */
    NotProven in(String outer) {
        var nested = new NotProven(reason, outer + ": " + where, expected, found);
        nested.initCause(this);
        return nested;
    }

    public Reason reason() {
        return reason;
    }

    public String where() {
        return where;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
