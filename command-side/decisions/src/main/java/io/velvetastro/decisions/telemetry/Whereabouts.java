package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.Address;
import io.velvetastro.language.Device;
import io.velvetastro.language.Place;
import org.jspecify.annotations.Nullable;

/** What an address and a user agent say about who comes; for whoever records sign-ins beside the intake. */
public final class Whereabouts {
    private final Places places;
    private final Devices devices;

    Whereabouts(Places places, Devices devices) {
        this.places = places;
        this.devices = devices;
    }

    public @Nullable Place placeOf(Address address) {
        return places.of(address);
    }

    public @Nullable Device deviceOf(@Nullable String userAgent) {
        return userAgent == null ? null : devices.of(Inert.cut(userAgent, Limits.USER_AGENT));
    }
}
