package io.velvetastro.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A running house and a signed-in caller: what the measurements talk to. */
final class House implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis() << 20);

    private final Child child;
    private final Database database;
    private String token = "";
    private long tokenUntil;

    private House(Child child, Database database) {
        this.child = child;
        this.database = database;
    }

    static House on(Path data, Database database) throws Exception {
        return new House(Child.house(data, database, ""), database);
    }

    /** The same application with its events on an Axon Server at the usual port. */
    static House onAxonServer(Path data, Database database) throws Exception {
        return new House(Child.house(data, database, "-Dvelvet.store=axon-server"), database);
    }

    /** With the heap of the trivial application. */
    static House small(Path data, Database database) throws Exception {
        return new House(Child.house(data, database, Child.HEAP), database);
    }

    /** The same without what earlier starts have taught it, as the trivial application is. */
    static House untaught(Path data, Database database) throws Exception {
        return new House(Child.house(data, database, Child.HEAP + " -XX:AOTMode=off"), database);
    }

    /** The virtual machine that answers; {@code ./velvet} is a script before it. */
    long serverPid() {
        return child.serverPid();
    }

    int port() {
        return child.port();
    }

    double cpuSeconds() {
        return child.cpuSeconds();
    }

    double secondsSinceStart() {
        return child.secondsSinceStart();
    }

    /** A token good for at least another minute; access tokens are short. */
    synchronized String token() throws Exception {
        if (System.nanoTime() < tokenUntil) return token;
        var body = "{\"email\":\"admin@velvet.com\",\"password\":\"password\"}".getBytes(StandardCharsets.UTF_8);
        try (var wire = new Wire(port())) {
            var answer = wire.send("POST", "/api/v1/auth/login", "application/json", "", body);
            if (answer.status() != 200) throw new IllegalStateException("sign-in was answered " + answer.status());
            var tokens = JSON.readTree(answer.body());
            token = tokens.get("accessToken").asText();
            tokenUntil = System.nanoTime() + (tokens.get("expiresIn").asLong() - 60) * 1_000_000_000L;
            return token;
        }
    }

    JsonNode get(String path) throws Exception {
        try (var wire = new Wire(port())) {
            return JSON.readTree(wire.send("GET", path, "application/json", token(), new byte[0])
                    .body());
        }
    }

    /** Asks for something and answers the body; anything but a 2xx is an error. */
    JsonNode post(String path) throws Exception {
        try (var wire = new Wire(port())) {
            var answer = wire.send("POST", path, "application/json", token(), new byte[0]);
            if (answer.status() / 100 != 2) throw new IllegalStateException(path + " was answered " + answer.status());
            return JSON.readTree(answer.body());
        }
    }

    /** How many events were taken in where another store keeps them. */
    long admitted() throws Exception {
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from store.admission where confirmed")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** How many events the store holds. */
    long stored() throws Exception {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery("select count(*) from store.telemetry")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Waits until detection and every view have read all that is stored, and answers the seconds it took. */
    double awaitReaders() throws Exception {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 900e9) {
            if (get("/api/v1/monitor/health").toString().contains("up to date"))
                return (System.nanoTime() - begin) / 1e9;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("the readers did not catch up");
    }

    /** One OCSF sign-in that nobody has sent before. */
    static String login(Instant at, String user, String address, boolean success) {
        return "{\"class_uid\":3002,\"activity_id\":1,\"status_id\":" + (success ? 1 : 2) + ",\"time\":"
                + at.toEpochMilli()
                + ",\"metadata\":{\"uid\":\"" + Long.toHexString(NEXT.incrementAndGet())
                + "\",\"product\":{\"name\":\"bench\"}},\"user\":{\"name\":\"" + user
                + "\"},\"src_endpoint\":{\"ip\":\""
                + address
                + "\"},\"http_request\":{\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0\"}}";
    }

    /** A sign-in of one of 20,000 people from an address of their own: traffic in which nothing is wrong. */
    static String calmLogin(long number) {
        long person = Math.floorMod(number * 2_654_435_761L, 20_000);
        return login(
                Instant.now(),
                "person" + person,
                "100." + (64 + person % 60) + "." + person / 250 + "." + (1 + person % 250),
                true);
    }

    @Override
    public void close() throws Exception {
        child.close();
    }
}
