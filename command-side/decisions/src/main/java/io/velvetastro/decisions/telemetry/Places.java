package io.velvetastro.decisions.telemetry;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.velvetastro.language.Address;
import io.velvetastro.language.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an address is, from the data sets that {@code geo/fetch.sh} puts into a folder; without them every place is unknown. */
final class Places implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final int REMEMBERED = 50_000;

    /** The data state no radius: these are ours, wide enough that nobody seems to travel within a city or by a country's centre. */
    private static final Integer CITY_KM = 25;

    private static final Integer COUNTRY_KM = 500;

    private final @Nullable Reader ipv4;
    private final @Nullable Reader ipv6;
    private final @Nullable Path folder;
    private final String version;
    private @Nullable AutonomousSystems systems;
    private final LoadingCache<Address, Optional<Place>> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build(address -> Optional.ofNullable(read(address)));

    private Places(@Nullable Reader ipv4, @Nullable Reader ipv6, @Nullable Path folder, String version) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.folder = folder;
        this.version = version;
    }

    /** Nobody knows where anything is. */
    static Places unknown() {
        return new Places(null, null, null, "");
    }

    /** Opens what the folder has; a data set that is missing or broken is left out. */
    static Places in(Path folder) {
        var ipv4 = open(folder.resolve("city-ipv4.mmdb"));
        var ipv6 = open(folder.resolve("city-ipv6.mmdb"));
        return new Places(ipv4, ipv6, folder, version(folder));
    }

    /** The place of a public address; null where nobody knows. */
    @Nullable
    Place of(Address address) {
        return isKnown() ? remembered.get(address).orElse(null) : null;
    }

    boolean isKnown() {
        return ipv4 != null;
    }

    /** Names the data sets; recorded in every place. */
    String version() {
        return version;
    }

    private @Nullable Place read(Address address) {
        try {
            var net = InetAddress.getByAddress(address.bytes());
            if (isLocal(net)) return null;
            var reader = address.isIpv4() ? ipv4 : ipv6;
            Map<?, ?> city = reader == null ? null : reader.get(net, Map.class);
            var system = systems().of(net);
            if (city == null && system == null) return null;
            var name = text(city, "city");
            var latitude = number(city, "latitude");
            return new Place(
                    text(city, "country_code"),
                    name,
                    latitude,
                    number(city, "longitude"),
                    latitude == null ? null : name == null ? COUNTRY_KM : CITY_KM,
                    system == null ? null : system.number(),
                    system == null ? null : system.organization(),
                    version);
        } catch (IOException | RuntimeException broken) {
            LOG.warn("The place data could not be read", broken);
            return null;
        }
    }

    /** Half a million ranges: read when first asked for, because the start should not wait for them. */
    private synchronized AutonomousSystems systems() {
        if (systems == null) systems = folder == null ? AutonomousSystems.NONE : AutonomousSystems.in(folder);
        return systems;
    }

    private static boolean isLocal(InetAddress net) {
        return net.isLoopbackAddress()
                || net.isSiteLocalAddress()
                || net.isLinkLocalAddress()
                || net.isAnyLocalAddress()
                || net.isMulticastAddress()
                || (net.getAddress()[0] & 0xfe) == 0xfc && net.getAddress().length == 16;
    }

    private static @Nullable String text(@Nullable Map<?, ?> city, String key) {
        return city != null && city.get(key) instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable Double number(@Nullable Map<?, ?> city, String key) {
        if (city == null || !(city.get(key) instanceof Number number)) return null;
        // The data are single precision: their own digits, not the noise behind them.
        return number instanceof Float single ? Double.parseDouble(single.toString()) : number.doubleValue();
    }

    private static @Nullable Reader open(Path file) {
        if (!Files.isReadable(file)) return null;
        try {
            return new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache(16_384));
        } catch (IOException | RuntimeException broken) {
            LOG.warn("{} is no place data: places stay unknown", file, broken);
            return null;
        }
    }

    private static String version(Path folder) {
        try {
            return Files.readString(folder.resolve("VERSION")).strip();
        } catch (IOException unnamed) {
            return "unnamed";
        }
    }

    @Override
    public void close() {
        try {
            if (ipv4 != null) ipv4.close();
            if (ipv6 != null) ipv6.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
