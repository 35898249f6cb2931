package io.velvetastro.views.web;

/** A question with a part that cannot be read; {@code field} names it. */
public final class Unreadable extends IllegalArgumentException {
    private final String field;

    public Unreadable(String field, String detail) {
        super(detail);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
