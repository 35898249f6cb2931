package io.velvetastro.rooms;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.faults.Client;
import io.velvetastro.faults.Logins;
import io.velvetastro.faults.OfflineProof;
import io.velvetastro.faults.Patience;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Judged;
import io.velvetastro.questions.Incidents.Filter;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What the test runs inside its network: Axon Server, a database, and seven rooms; exits 0 when the story was the same. */
final class StoryOnAxonServer {
    private static final String ME = "/api/v1/auth/me";
    private static final Duration SOON = Duration.ofSeconds(60);
    /** A process that went silent is believed dead after fifteen seconds. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(90);

    /** Vera is known by this name and by none of the words that the house writes itself. */
    private static final String FORGOTTEN = "vera.quist";

    private static final Pattern PRINCIPAL = Pattern.compile("\"principal\":\"([0-9a-f-]{36})\"");

    private final Path folder;
    private final String databaseUrl;
    private final List<String> settings = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    private StoryOnAxonServer(Path folder, String databaseUrl) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
    }

    public static void main(String... arguments) throws Exception {
        int exit = 1;
        try (var database = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "250")
                .setServerConfig("fsync", "on")
                .start()) {
            var url = "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres?user=postgres";
            var story = new StoryOnAxonServer(Files.createDirectories(Path.of(arguments[1])), url);
            story.settings.addAll(List.of(
                    "--velvet.data=" + story.folder.resolve("data"),
                    "--velvet.db.url=" + url,
                    "--velvet.store=axon-server",
                    "--velvet.demo.traffic=false",
                    "--spring.profiles.active=demo"));
            try {
                story.tell(Path.of(arguments[0]));
                exit = 0;
            } finally {
                story.programs.forEach(Program::close);
            }
        } catch (Throwable failed) {
            failed.printStackTrace();
        }
        System.exit(exit);
    }

    private void tell(Path server) throws Exception {
        axonServer(server).listening();
        var command =
                room("command", "io.velvetastro.command.CommandSide", 20081).serving();
        var queries = List.of(
                room("query-1", "io.velvetastro.query.QuerySide", 20082),
                room("query-2", "io.velvetastro.query.QuerySide", 20083));
        var detections = List.of(
                room("detection-1", "io.velvetastro.detection.Detection", 20084),
                room("detection-2", "io.velvetastro.detection.Detection", 20085));
        var screens = room("screens", "io.velvetastro.app.rooms.Screens", 20086);
        var evidence =
                room("evidence", "io.velvetastro.app.rooms.Evidence", 20087).serving();
        queries.forEach(Program::serving);
        detections.forEach(Program::serving);
        assertThat(screens.serving().status("/login")).isEqualTo(200);

        var orders = Client.at(command.url()).signIn();
        var readers = queries.stream().map(room -> Client.at(room.url())).toList();
        readers.forEach(reader -> reader.useToken(orders.token()));

        theStory(orders, readers.getFirst(), FORGOTTEN, "203.0.113.10");
        theStory(orders, readers.getLast(), "another", "203.0.113.11");
        aPersonSignsInAtTheScreensAndSeesTheIncident(screens, readers.getFirst(), "203.0.113.10");
        refusedIsRefusedInTheSameWords(orders);
        var auditor = Client.at(evidence.url());
        auditor.useToken(orders.token());
        assertThat(auditor.asked("/api/v1/incidents").status())
                .as("asked at the wrong process")
                .isEqualTo(404);
        evidenceIsProven(auditor, readers.getFirst(), "203.0.113.10");
        aPersonIsForgotten(auditor, readers, "203.0.113.10");
        aSessionIsTheSameInEveryProcess(List.of(
                screens.url(), queries.getFirst().url(), queries.getLast().url(), evidence.url(), command.url()));
        questionsCrossTheBus(orders);
        replicasShareTheirSegments();
        measureIntake(orders);

        // Whichever of two replicas was reading, the other goes on.
        queries.getFirst().kill();
        detections.getFirst().kill();
        long killed = System.nanoTime();
        orders.events(Logins.attack("third", "203.0.113.12"));
        readers.getLast().awaitBlockOf("203.0.113.12", TAKEN_OVER);
        figure("goes on " + (System.nanoTime() - killed) / 1_000_000_000 + " s after the kill of two replicas");
    }

    private static void theStory(Client orders, Client reader, String user, String address) {
        long begin = System.nanoTime();
        assertThat(orders.events(Logins.attack(user, address))
                        .json()
                        .path("accepted")
                        .asInt())
                .isEqualTo(6);
        reader.awaitBlockOf(address, SOON);
        figure("from six logins to the block " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        var incident = Patience.until(SOON, () -> reader.incidentsOf(address), found -> found.size() == 1)
                .getFirst();
        assertThat(incident.path("users").toString()).contains(user);
        var whole = reader.get("/api/v1/incidents/" + incident.path("id").asString());
        assertThat(whole.path("killChain")).isNotEmpty();
        assertThat(whole.path("evidence")).hasSizeGreaterThanOrEqualTo(6);
        Patience.until(
                SOON,
                () -> reader.get("/api/v1/incidents/" + incident.path("id").asString()),
                now -> now.path("actions").toString().contains(address));
        assertThat(orders.events(Logins.attack(user, address))
                        .json()
                        .path("status")
                        .asInt())
                .isZero();
    }

    /** In a process that decides nothing and keeps no view: who they are, what there is and what changes comes to it over the bus and the shared rows. */
    private static void aPersonSignsInAtTheScreensAndSeesTheIncident(Program screens, Client reader, String address) {
        var incident = reader.incidentsOf(address).getFirst();
        long begin = System.nanoTime();
        try (var person = new PersonAtABrowser(screens.url())) {
            person.signIn();
            person.sees("/dashboard", address);
            person.sees("/incidents", incident.path("title").asString());
            person.sees("/incidents/" + incident.path("id").asString(), address);
        }
        figure("signed in by a browser and saw the incident after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    /** Whoever signs in at the screens is let in at every other door, and at none once the session was ended at one of them. */
    private static void aSessionIsTheSameInEveryProcess(List<URI> doors) {
        var token = Client.at(doors.getFirst()).signIn().token();
        var callers = doors.stream().map(Client::at).toList();
        callers.forEach(caller -> caller.useToken(token));
        for (var caller : callers) assertThat(caller.asked(ME).status()).isEqualTo(200);
        assertThat(callers.getLast()
                        .tried("/api/v1/auth/logout", "application/json", "")
                        .status())
                .isEqualTo(204);
        for (var caller : callers) assertThat(caller.asked(ME).status()).isEqualTo(401);
    }

    /** The same code, the same words, as in one process with its own store. */
    private void refusedIsRefusedInTheSameWords(Client orders) throws Exception {
        var here = Refusals.of(orders);
        assertThat(here.getFirst()).startsWith("422").contains("never-block-list");
        var alone = List.of(
                "--velvet.data=" + folder.resolve("alone"),
                "--velvet.demo.traffic=false",
                "--spring.profiles.active=demo");
        try (var house = Program.room("alone", "io.velvetastro.app.VelvetAstro", 20090, folder, alone)
                .serving()) {
            assertThat(here).isEqualTo(Refusals.of(Client.at(house.url()).signIn()));
        }
    }

    /** The ledger follows the server: what it hands out verifies offline. */
    private void evidenceIsProven(Client auditor, Client reader, String address) {
        var incident = reader.incidentsOf(address).getFirst().path("id").asString();
        var question = "{\"incidentId\":\"" + incident + "\"}";
        Patience.until(
                SOON,
                () -> auditor.tried("/api/v1/forensics/bundles", "application/json", question)
                        .status(),
                status -> status == 200);
        var report = OfflineProof.report(auditor, question, folder.resolve("bundle"));
        int proven = report.events().size();
        // Six logins, what was found, decided and done.
        assertThat(proven).isGreaterThanOrEqualTo(10);
        assertThat(report.judged())
                .as("findings with the rule that judged and all they rest on")
                .isNotEmpty()
                .allMatch(Judged::isWhole);
        var attack = report.judged().getFirst().series();
        var ofTheAttack =
                OfflineProof.report(auditor, "{\"attackId\":\"" + attack + "\"}", folder.resolve("bundle-of-attack"));
        assertThat(ofTheAttack.isComplete(attack)).isTrue();
        assertThat(ofTheAttack.judged()).isNotEmpty().allMatch(finding -> finding.isOf(attack) && finding.isWhole());
        figure(proven + " events of an incident proven offline");
    }

    /** All that names her is found in the server, hers is a whole bundle, and once she is forgotten her name is at no door of any process; what was proven still is. */
    private void aPersonIsForgotten(Client auditor, List<Client> readers, String address) {
        var incident = "/api/v1/incidents/"
                + readers.getFirst().incidentsOf(address).getFirst().path("id").asString();
        var login = readers.getFirst()
                .get(incident)
                .path("evidence")
                .path(0)
                .path("eventId")
                .asString();
        var found = PRINCIPAL.matcher(readers.getFirst()
                .get("/api/v1/forensics/events/" + login)
                .path("text")
                .asString());
        assertThat(found.find()).isTrue();
        var person = found.group(1);
        var question = "{\"userId\":\"" + person + "\"}";
        var before = OfflineProof.report(auditor, question, folder.resolve("bundle-of-person"));
        assertThat(before.isComplete(person)).isTrue();
        assertThat(requireNonNull(before.complete()).events()).isGreaterThanOrEqualTo(6);

        var where = List.of(
                incident,
                "/api/v1/incidents?limit=100",
                "/api/v1/threat/attacks?limit=100",
                "/api/v1/forensics/events?limit=100",
                "/api/v1/forensics/events/" + login);
        assertThat(where.subList(0, 3)).as("she is known before").allMatch(path -> shows(readers.getFirst(), path));
        long begin = System.nanoTime();
        var said = auditor.tried("/api/v1/forensics/erasures", "application/json", question);
        assertThat(said.status()).as(said.body()).isEqualTo(200);
        for (var reader : readers)
            for (var path : where) Patience.until(TAKEN_OVER, () -> shows(reader, path), shows -> !shows);
        figure("forgotten at every door after " + (System.nanoTime() - begin) / 1_000_000 + " ms");

        var after = OfflineProof.report(auditor, question, folder.resolve("bundle-of-forgotten"));
        assertThat(after.isComplete(person)).isTrue();
        assertThat(after.events()).hasSizeGreaterThan(before.events().size());
    }

    private static boolean shows(Client client, String path) {
        return client.get(path).toString().contains(FORGOTTEN);
    }

    /** Neither of two replicas of the detection does all the answering. */
    private void replicasShareTheirSegments() {
        var owners =
                "SELECT count(DISTINCT owner) FROM store.tokens WHERE processorName = (SELECT processorName FROM store.tokens GROUP BY 1 HAVING count(*) > 1 LIMIT 1)";
        Patience.until(SOON, () -> count(owners), count -> count == 2);
    }

    private long count(String sql) {
        try (var connection = DriverManager.getConnection(databaseUrl);
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** As a screen asks: a question, and word of every change. */
    private void questionsCrossTheBus(Client orders) {
        var tenant = TenantId.of(
                orders.get("/api/v1/auth/me").path("organization").path("id").asString());
        try (var screen = new SpringApplicationBuilder(Asking.class)
                .web(WebApplicationType.NONE)
                .run(settings.toArray(String[]::new))) {
            var gateway = screen.getBean(QueryGateway.class);
            var changes = new AtomicInteger();
            var question = new IncidentList(tenant, Filter.none(), null, 50);
            try (var watched = gateway.subscriptionQuery(
                    question,
                    ResponseTypes.instanceOf(IncidentPage.class),
                    ResponseTypes.instanceOf(IncidentsChanged.class))) {
                assertThat(requireNonNull(watched.initialResult().block(SOON)).items())
                        .hasSize(2);
                watched.updates().subscribe(change -> changes.incrementAndGet());
                orders.events(Logins.attack("watched", "203.0.113.13"));
                Patience.until(SOON, changes::get, count -> count > 0);
            }
            Patience.until(
                    SOON,
                    () -> gateway.query(question, IncidentPage.class)
                            .join()
                            .items()
                            .size(),
                    count -> count == 3);
        }
    }

    /** The same intake as in one process: 500 events a request, four senders, for eight seconds. */
    private static void measureIntake(Client orders) throws InterruptedException {
        var accepted = new AtomicLong();
        var until = System.nanoTime() + 8_000_000_000L;
        var senders = new ArrayList<Thread>();
        for (int sender = 0; sender < 4; sender++) {
            int number = sender;
            senders.add(Thread.ofVirtual().start(() -> {
                for (int batch = 0; System.nanoTime() < until; batch++) {
                    var said = orders.events(Logins.calm("measure-" + number + "-" + batch, 500));
                    if (said.status() == 202)
                        accepted.addAndGet(said.json().path("accepted").asLong());
                }
            }));
        }
        for (var sender : senders) sender.join();
        figure("intake " + accepted.get() / 8 + " events/s");
        assertThat(accepted.get()).isPositive();
    }

    private Program axonServer(Path jar) throws Exception {
        var java = System.getenv("AXONSERVER_JAVA");
        var program = Program.java(
                "axonserver",
                8124,
                folder,
                java == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(java),
                List.of(
                        "-Xmx512m",
                        "-jar",
                        jar.toString(),
                        "--axoniq.axonserver.devmode.enabled=true",
                        "--axoniq.axonserver.hostname=localhost"));
        programs.add(program);
        return program;
    }

    private Program room(String name, String launcher, int port) throws Exception {
        var program = Program.room(name, launcher, port, folder, settings);
        programs.add(program);
        return program;
    }

    private static void figure(String what) {
        IO.println("figure: " + what);
    }

    /** Asks and orders, handles nothing and shows nothing. No {@code @Configuration}: a house that scans for those would leave out what this one does. */
    @EnableAutoConfiguration(
            exclude = {
                com.vaadin.flow.spring.SpringBootAutoConfiguration.class,
                com.vaadin.flow.spring.SpringSecurityAutoConfiguration.class,
                com.vaadin.flow.spring.VaadinScopesConfig.class
            })
    static class Asking {}
}
