package io.velvetastro.app.access;

/** What the door said to one caller of one operation. */
enum Cell {
    /** Past the door; what came of it is not the door's business. */
    IN("in"),
    /** Known, and not allowed. */
    NO("no"),
    /** It would be in, on a larger plan. */
    PLAN("plan"),
    /** Not known. */
    WHO("who?"),
    /** Somebody else's is answered in the same words as what does not exist. */
    MISSING("missing"),
    /** There is nothing of somebody else's to name. */
    NOTHING("·"),
    /** It is told apart from what does not exist. */
    TOLD("TOLD APART"),
    BROKEN("BROKEN");

    private final String word;

    Cell(String word) {
        this.word = word;
    }

    static Cell of(int status) {
        if (status == 401) return WHO;
        if (status == 403) return NO;
        if (status == 402) return PLAN;
        return status >= 500 ? BROKEN : IN;
    }

    @Override
    public String toString() {
        return word;
    }
}
