package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What ships is named in the bill of materials, and under a licence that we may pass on. Maven makes no bill offline. */
class BillTest {
    private static final Pattern REFUSED = Pattern.compile(
            "\\bA?GPL|Affero|\\bGNU General Public|BUSL|Business Source|SSPL|Server Side Public|Elastic License|Commercial|CVDL|VCL",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EXCEPTED = Pattern.compile("classpath[- ]exception", Pattern.CASE_INSENSITIVE);

    /** A part of others, as the bill names it; of several licences one chooses. */
    private record Part(String name, String version, List<String> licences) {
        boolean mayShip() {
            return licences.stream().anyMatch(Part::mayShipUnder);
        }

        private static boolean mayShipUnder(String licence) {
            return !REFUSED.matcher(licence).find() || EXCEPTED.matcher(licence).find();
        }

        boolean isThatOf(String jar) {
            return jar.equals(name + "-" + version + ".jar");
        }
    }

    private static List<Part> bill() throws IOException {
        assumeFalse("offline: true".equals(System.getProperty("velvet.maven")), "offline there is no bill");
        var bill = JsonMapper.shared().readTree(Path.of("target/classes/META-INF/sbom/application.cdx.json"));
        assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
        return bill.get("components")
                .valueStream()
                .map(part -> new Part(
                        part.get("name").asString(),
                        part.get("version").asString(),
                        part.path("licenses")
                                .valueStream()
                                .map(BillTest::licence)
                                .toList()))
                .toList();
    }

    private static String licence(JsonNode named) {
        var licence = named.path("license");
        return Stream.of(named.path("expression"), licence.path("id"), licence.path("name"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst()
                .orElse("");
    }

    private static List<String> unnamed(List<Part> bill) throws IOException {
        return Stream.of(Files.readString(Path.of("target/ships.classpath"))
                        .strip()
                        .split(File.pathSeparator))
                .filter(path -> path.endsWith(".jar"))
                .map(path -> Path.of(path).getFileName().toString())
                .filter(jar -> bill.stream().noneMatch(part -> part.isThatOf(jar)))
                .toList();
    }

    @Test
    void everyLibraryThatShipsIsNamed() throws IOException {
        assertThat(unnamed(bill())).isEmpty();
    }

    @Test
    void oneThatIsNotNamedIsFound() throws IOException {
        var bill = bill();
        var without = bill.stream().filter(part -> !part.name.equals("jooq")).toList();
        assertThat(without).hasSize(bill.size() - 1);
        assertThat(unnamed(without)).hasSize(1).allMatch(jar -> jar.startsWith("jooq-"));
    }

    @Test
    void everyPartHasALicenceThatMayBePassedOn() throws IOException {
        assertThat(bill().stream().filter(part -> !part.mayShip())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPL-3.0-only",
                "AGPL-3.0-or-later",
                "GNU General Public License, version 2",
                "BUSL-1.1",
                "Business Source License 1.1",
                "SSPL-1.0",
                "Elastic License 2.0",
                "Commercial Vaadin Developer License 4.0",
                "Vaadin Commercial License and Service Terms"
            })
    void partsUnderTheseAreRefused(String licence) {
        assertThat(new Part("part", "1", List.of(licence)).mayShip()).isFalse();
        assertThat(new Part("part", "1", List.of(licence, "MIT")).mayShip()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apache-2.0", "LGPL-2.1-only", "GPL-2.0-with-classpath-exception", "BSL-1.0", "EPL-2.0"})
    void partsUnderTheseAreNot(String licence) {
        assertThat(new Part("part", "1", List.of(licence)).mayShip()).isTrue();
        assertThat(new Part("part", "1", List.of()).mayShip())
                .as("no licence gives no right")
                .isFalse();
    }
}
