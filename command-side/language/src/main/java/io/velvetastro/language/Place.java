package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where an address was thought to be when its event came in; resolved once and never looked up again. Latitude and longitude in degrees, accuracy radius in kilometres, {@code data} the version of the data set.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Place(
        @Nullable String country,
        @Nullable String city,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Integer accuracyKm,
        @Nullable Long asn,
        @Nullable String asOrganization,
        String data) {
    public boolean hasCoordinates() {
        return latitude != null && longitude != null;
    }
}
