package io.velvetastro.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.velvetastro.app.rooms.Evidence;
import io.velvetastro.app.rooms.Screens;
import io.velvetastro.command.CommandSide;
import io.velvetastro.query.QuerySide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The gateway of the rooms, run by nginx itself: every operation comes to a room that has its door. */
class GatewayTest {
    private static final Map<String, Class<?>> ROOMS = Map.of(
            "command", CommandSide.class,
            "query", QuerySide.class,
            "evidence", Evidence.class,
            "screens", Screens.class);

    @TempDir
    static Path folder;

    private static final List<HttpServer> SERVERS = new ArrayList<>();
    private static @Nullable Process nginx;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(runs("nginx", "-v"), "The gateway is not tried here: nginx is missing (apt install nginx)");
        var rules =
                Files.readString(Path.of(System.getProperty("velvet.root", "../.."), "axonserver/server/gateway.conf"));
        for (var room : ROOMS.keySet()) {
            assertThat(rules).contains("server " + room + ":8080;");
            rules = rules.replace("server " + room + ":8080;", "server 127.0.0.1:" + stub(room) + ";");
        }
        var place = folder.toString();
        Files.writeString(
                folder.resolve("gateway.conf"), rules.replace("listen 8080;", "listen unix:" + socket() + ";"));
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid %1$s/pid; error_log %1$s/errors;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                    uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                    include %1$s/gateway.conf;
                }
                """.formatted(place));
        nginx = new ProcessBuilder("nginx", "-p", place, "-c", place + "/nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.exists(socket()) && nginx.isAlive() && System.nanoTime() < end)
            nginx.waitFor(20, TimeUnit.MILLISECONDS);
        assertThat(nginx.isAlive())
                .as(Files.readString(folder.resolve("output")))
                .isTrue();
    }

    @AfterAll
    static void close() throws Exception {
        SERVERS.forEach(server -> server.stop(0));
        if (nginx != null && !nginx.destroyForcibly().waitFor(30, TimeUnit.SECONDS))
            throw new IllegalStateException("nginx does not end");
    }

    @Test
    void everyOperationComesToARoomThatHasItsDoor() throws Exception {
        var doors = new HashMap<String, List<Door>>();
        for (var room : ROOMS.entrySet()) doors.put(room.getKey(), doors(room.getValue()));
        var astray = new LinkedHashMap<String, String>();
        for (var operation : Operation.declared()) {
            var path = operation.path().replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-0000000000aa");
            var room = ask(operation.method(), path);
            assertThat(doors).as(operation.name()).containsKey(room);
            if (doors.get(room).stream().noneMatch(door -> door.opens(operation.method(), path)))
                astray.put(operation.name(), room);
        }
        assertThat(astray).isEmpty();
    }

    @Test
    void whoLooksWhetherTheGatewayStandsAsksNoRoom() throws Exception {
        assertThat(answer("GET", "/gateway")).startsWith("HTTP/1.1 204");
        assertThat(answer("GET", "/actuator/health")).startsWith("HTTP/1.1 404");
        assertThat(ask("GET", "/dashboard")).isEqualTo("screens");
    }

    private record Door(String method, PathPattern pattern) {
        boolean opens(String asked, String path) {
            return asked.equals(method) && pattern.matches(PathContainer.parsePath(path));
        }
    }

    /** The doors in the packages that a room's process looks through. */
    private static List<Door> doors(Class<?> room) throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var doors = new ArrayList<Door>();
        for (var part : room.getAnnotation(SpringBootApplication.class).scanBasePackages())
            for (var found : scanner.findCandidateComponents(part))
                doors.addAll(of(Class.forName(found.getBeanClassName())));
        return doors;
    }

    private static List<Door> of(Class<?> controller) {
        var common = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        var doors = new ArrayList<Door>();
        for (var method : controller.getDeclaredMethods()) {
            var own = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            if (own == null) continue;
            for (var before : common == null || common.path().length == 0 ? new String[] {""} : common.path())
                for (var after : own.path().length == 0 ? new String[] {""} : own.path())
                    for (var verb : own.method())
                        doors.add(new Door(verb.name(), PathPatternParser.defaultInstance.parse(before + after)));
        }
        return doors;
    }

    private static int stub(String room) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", asked -> {
            try (asked) {
                asked.sendResponseHeaders(200, room.length());
                asked.getResponseBody().write(room.getBytes(UTF_8));
            }
        });
        server.start();
        SERVERS.add(server);
        return server.getAddress().getPort();
    }

    private static Path socket() {
        return folder.resolve("s");
    }

    private static String ask(String method, String path) throws IOException {
        var answer = answer(method, path);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String answer(String method, String path) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            var question = method + " " + path + " HTTP/1.0\r\nHost: velvet\r\nContent-Length: 0\r\n\r\n";
            Channels.newOutputStream(channel).write(question.getBytes(UTF_8));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
