package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
    private static final Map<String, ?> VEDAVAGEN =
            Map.of("country_code", "NO", "city", "Vedavågen", "latitude", 59.2948f, "longitude", 5.21874f);

    @TempDir
    Path folder;

    @Test
    void withoutDataNobodyKnowsWhereAnythingIsAndHealthSaysSo() {
        try (var places = Places.in(folder)) {
            assertThat(places.of(Address.of("9.9.9.9"))).isNull();
            assertThat(new PlaceHealth(places).health().state())
                    .isEqualTo(io.velvetastro.questions.Monitor.State.DEGRADED);
        }
    }

    @Test
    void anAddressHasItsCityAndItsNetworkAndTheVersionOfTheData() throws IOException {
        Files.write(folder.resolve("city-ipv4.mmdb"), Mmdb.with(VEDAVAGEN));
        Files.writeString(folder.resolve("VERSION"), "test-1\n");
        Files.writeString(
                folder.resolve("asn-ipv4-num.csv"),
                "2147483648,2147483903,64500,\"Example, Inc.\"\n3405803776,3405804031,64501,Plain\n");
        Files.writeString(
                folder.resolve("asn-ipv6-num.csv"),
                "42540766411282592856903984951653826560,42540766490510755371168322545197776895,64502,Six\n");

        try (var places = Places.in(folder)) {
            var place = places.of(Address.of("128.0.0.7"));
            assertThat(place.country()).isEqualTo("NO");
            assertThat(place.city()).isEqualTo("Vedavågen");
            assertThat(place.latitude()).isEqualTo(59.2948);
            assertThat(place.longitude()).isEqualTo(5.21874);
            assertThat(place.accuracyKm()).isEqualTo(25);
            assertThat(place.asn()).isEqualTo(64500);
            assertThat(place.asOrganization()).isEqualTo("Example, Inc.");
            assertThat(place.data()).isEqualTo("test-1");
            assertThat(places.of(Address.of("203.0.114.1")))
                    .isNotNull()
                    .extracting(it -> it.asn())
                    .isNull();
            assertThat(places.of(Address.of("9.9.9.9"))).isNull();
            assertThat(places.of(Address.of("2001:db8::1")).asn()).isEqualTo(64502);
            assertThat(new PlaceHealth(places).health().state()).isEqualTo(io.velvetastro.questions.Monitor.State.UP);
        }
    }

    @Test
    void addressesOfOurOwnNetworksHaveNoPlace() throws IOException {
        Files.write(folder.resolve("city-ipv4.mmdb"), Mmdb.with(VEDAVAGEN));

        try (var places = Places.in(folder)) {
            for (var own : new String[] {"192.168.1.1", "172.16.0.1", "224.0.0.1", "169.254.1.1", "fd00::1", "::1"})
                assertThat(places.of(Address.of(own))).as(own).isNull();
        }
    }

    /** The centre of a country is where nearly nobody is. */
    @Test
    void aCountryAloneIsKnownFromFarAndAPlaceWithoutAPointNotAtAll() throws IOException {
        Files.write(
                folder.resolve("city-ipv4.mmdb"),
                Mmdb.with(Map.of("country_code", "NO", "latitude", 62.0f, "longitude", 10.0f)));
        try (var places = Places.in(folder)) {
            assertThat(places.of(Address.of("128.0.0.7")).accuracyKm()).isEqualTo(500);
        }
        Files.write(folder.resolve("city-ipv4.mmdb"), Mmdb.with(Map.of("country_code", "NO")));
        try (var places = Places.in(folder)) {
            assertThat(places.of(Address.of("128.0.0.7")).accuracyKm()).isNull();
        }
    }

    @Test
    void brokenDataAreNoData() throws IOException {
        Files.writeString(folder.resolve("city-ipv4.mmdb"), "this is no database");

        try (var places = Places.in(folder)) {
            assertThat(places.isKnown()).isFalse();
        }
    }

    /** The smallest database there is: one node, whose right half (128.0.0.0/1) is one city and whose left half is nothing. */
    private static final class Mmdb {
        static byte[] with(Map<String, ?> city) {
            var out = new ByteArrayOutputStream();
            out.writeBytes(new byte[] {0, 0, 1, 0, 0, 1 + 16
            }); // Left: not found (the node count). Right: the data section's first byte.
            out.writeBytes(new byte[16]);
            out.writeBytes(map(city));
            out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
            out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(map(Map.of(
                    "node_count",
                    1,
                    "record_size",
                    (short) 24,
                    "ip_version",
                    (short) 4,
                    "database_type",
                    "Test",
                    "binary_format_major_version",
                    (short) 2,
                    "binary_format_minor_version",
                    (short) 0,
                    "build_epoch",
                    1L,
                    "languages",
                    new String[0],
                    "description",
                    Map.of())));
            return out.toByteArray();
        }

        private static byte[] map(Map<String, ?> entries) {
            var out = new ByteArrayOutputStream();
            out.write(7 << 5 | entries.size());
            entries.forEach((key, value) -> {
                out.writeBytes(string(key));
                out.writeBytes(value(value));
            });
            return out.toByteArray();
        }

        private static byte[] value(Object value) {
            return switch (value) {
                case String text -> string(text);
                case Float number ->
                    ByteBuffer.allocate(6)
                            .put((byte) 4)
                            .put((byte) 8)
                            .putFloat(number)
                            .array();
                case Short number ->
                    ByteBuffer.allocate(3)
                            .put((byte) (5 << 5 | 2))
                            .putShort(number)
                            .array();
                case Long number ->
                    ByteBuffer.allocate(10)
                            .put((byte) 8)
                            .put((byte) 2)
                            .putLong(number)
                            .array();
                case Integer number ->
                    ByteBuffer.allocate(5)
                            .put((byte) (6 << 5 | 4))
                            .putInt(number)
                            .array();
                case String[] none -> new byte[] {0, 4};
                case Map<?, ?> none -> new byte[] {(byte) (7 << 5)};
                default -> throw new IllegalArgumentException(value.toString());
            };
        }

        private static byte[] string(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            return bytes.length < 29
                    ? ByteBuffer.allocate(1 + bytes.length)
                            .put((byte) (2 << 5 | bytes.length))
                            .put(bytes)
                            .array()
                    : ByteBuffer.allocate(2 + bytes.length)
                            .put((byte) (2 << 5 | 29))
                            .put((byte) (bytes.length - 29))
                            .put(bytes)
                            .array();
        }
    }
}
