package io.velvetastro.decisions.identity;

import io.velvetastro.language.CannotStart;
import java.net.URI;
import org.springframework.core.env.Environment;

/** Where people find this house: what links in letters say and what passkeys are bound to. It is set, and never what a request says, or a stranger's Host header would stand in somebody's letter. */
class HouseAddress {
    private final String told;
    private final Environment settings;

    HouseAddress(String told, Environment settings) {
        this.told = told.strip().replaceAll("/+$", "");
        this.settings = settings;
        if (!this.told.isEmpty() && !this.told.matches("https?://[^/\\s?#]+"))
            throw new CannotStart(
                    CannotStart.Because.USAGE,
                    "velvet.url must be where browsers find this house, such as https://velvet.example.org.");
    }

    URI url() {
        return URI.create(
                told.isEmpty()
                        ? "http://localhost:"
                                + settings.getProperty("local.server.port", settings.getProperty("server.port", "8080"))
                        : told);
    }

    /** @param page with what stands behind the #, which browsers send to nobody */
    String link(String page) {
        return url() + "/" + page;
    }
}
