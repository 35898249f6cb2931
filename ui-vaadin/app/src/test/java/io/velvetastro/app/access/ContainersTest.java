package io.velvetastro.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml, read by docker-compose itself. No container is started. */
class ContainersTest {
    private static final Path ROOT = Path.of(System.getProperty("velvet.root", "../.."));

    @Test
    void composeReadsTheHouseAndItsRooms() throws Exception {
        assertThat(services())
                .containsOnlyKeys(
                        "postgres",
                        "app",
                        "axonserver",
                        "command",
                        "query",
                        "detection",
                        "evidence",
                        "screens",
                        "gateway");
    }

    @Test
    void withoutAPasswordOfOnesOwnNothingStarts() throws Exception {
        requireCompose();
        var refused = compose("", "config");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("set VELVET_DB_PASSWORD");
    }

    @Test
    void nobodyIsRootAndNobodyMayMoreThanAnybody() throws Exception {
        services().forEach((name, service) -> {
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
        });
        var axon = services().get("axonserver");
        assertThat(axon.get("user")).as("whom its folders belong to").isEqualTo("1001:1001");
        assertThat(String.valueOf(axon.get("image"))).endsWith("-nonroot");
    }

    /** The line that asks Axon Server for its health, asked here of a server that is well and of one that is not. */
    @Test
    void theHealthCheckTellsWellFromIll() throws Exception {
        var status = new AtomicInteger(200);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health", asked -> {
            asked.sendResponseHeaders(status.get(), -1);
            asked.close();
        });
        server.start();
        try {
            var line = checkOf("axonserver");
            assertThat(line).startsWith("CMD", "bash", "-c");
            var here = new ArrayList<>(line.subList(1, line.size()));
            var port = Integer.toString(server.getAddress().getPort());
            here.replaceAll(word -> word.replace("/dev/tcp/127.0.0.1/8024", "/dev/tcp/127.0.0.1/" + port));
            assertThat(run(Map.of(), here).exitCode()).isZero();
            status.set(503);
            assertThat(run(Map.of(), here).exitCode()).isNotZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void noCheckLeavesItToAShellThatCannotDoIt() throws Exception {
        for (var name : services().keySet())
            assertThat(String.join(" ", checkOf(name)))
                    .as(name + ": sh knows no /dev/tcp")
                    .doesNotMatch("CMD-SHELL.*/dev/tcp.*");
    }

    private static List<String> checkOf(String service) throws Exception {
        var check = (Map<?, ?>) services().get(service).get("healthcheck");
        return ((List<?>) check.get("test")).stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() throws Exception {
        requireCompose();
        var read = compose("a password of one's own", "--profile", "scale", "config");
        assertThat(read.exitCode()).as(read.output()).isZero();
        Map<String, Object> whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(read.output());
        return (Map<String, Map<String, Object>>) whole.get("services");
    }

    private static void requireCompose() throws Exception {
        assumeTrue(
                run(Map.of(), List.of("docker-compose", "version")).exitCode() == 0,
                "docker-compose.yml is not read here: docker-compose is missing (apt install docker-compose)");
    }

    private record Outcome(int exitCode, String output) {}

    private static Outcome compose(String password, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                "docker-compose", "-f", ROOT.resolve("docker-compose.yml").toString()));
        command.addAll(List.of(arguments));
        return run(Map.of("VELVET_DB_PASSWORD", password), command);
    }

    private static Outcome run(Map<String, String> environment, List<String> command) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException absent) {
            return new Outcome(-1, String.valueOf(absent.getMessage()));
        }
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), output);
    }
}
