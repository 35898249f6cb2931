package io.velvetastro.views.web;

/** How much one question may ask for. */
public final class Limits {
    private Limits() {}

    /** @throws Unreadable when it is less than 1 or more than the most */
    public static int check(int limit, int most) {
        if (limit < 1 || limit > most) throw new Unreadable("limit", "is not 1 to " + most);
        return limit;
    }
}
