package io.velvetastro.decisions.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The files of the pages that are the same for everybody: nothing is asked for them and nobody is counted, so that a page is not slow because the database is. */
public final class SameForEverybody {
    /** Beside them below /VAADIN/ lie push and downloads, which are somebody's. */
    private static final List<String> FILES =
            List.of("/VAADIN/build/", "/VAADIN/static/", "/velvet/", "/_static/", "/aura/", "/favicon.ico");

    private SameForEverybody() {}

    /** Vaadin answers its calls at any path: those are somebody's, whatever path they name. */
    public static boolean isAskedIn(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") || request.getParameter("v-r") != null) return false;
        var path = BodyLimit.path(request);
        return FILES.stream().anyMatch(path::startsWith);
    }
}
