package io.velvetastro.faults;

import io.velvetastro.language.Address;
import io.velvetastro.language.Network;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of a customer that keeps its head when the house does not answer. */
public final class Client {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration A_SAMPLE = Duration.ofSeconds(1);

    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String email;
    private volatile String token = "";

    private Client(URI url, String email) {
        this.url = url;
        this.email = email;
    }

    /** Somebody who knows only where to knock. */
    public static Client at(URI url) {
        return new Client(url, "admin@velvet.com");
    }

    static Client of(House house) {
        return at(house.url()).signIn();
    }

    /** Somebody of another organisation in the same house, who has the same password. */
    static Client ofNeighbours(House house) {
        house.execute("""
                INSERT INTO identity.organization (id, name, plan, created_at)
                SELECT '00000000-0000-4000-8000-0000000000f1', 'Neighbours', plan, created_at FROM identity.organization LIMIT 1""", """
                INSERT INTO identity.member (id, name, email, email_key, created_at)
                SELECT '00000000-0000-4000-8000-0000000000f2', 'Ned', 'ned@neighbours.example', 'ned@neighbours.example', created_at
                FROM identity.member WHERE email = 'admin@velvet.com'""", """
                INSERT INTO identity.membership (organization, member, role, since)
                SELECT '00000000-0000-4000-8000-0000000000f1', '00000000-0000-4000-8000-0000000000f2', role, since
                FROM identity.membership WHERE member = (SELECT id FROM identity.member WHERE email = 'admin@velvet.com') LIMIT 1""", """
                INSERT INTO identity.credential (member, phc, changed_at)
                SELECT '00000000-0000-4000-8000-0000000000f2', phc, changed_at
                FROM identity.credential WHERE member = (SELECT id FROM identity.member WHERE email = 'admin@velvet.com')""");
        return new Client(house.url(), "ned@neighbours.example").signIn();
    }

    public Client signIn() {
        token = ""; // One that has ended would be refused before anybody reads the password.
        var answer = tried(
                "/api/v1/auth/login",
                "application/json",
                "{\"email\":\"%s\",\"password\":\"password\"}".formatted(email));
        if (answer.status() != 200) throw new AssertionError("Sign-in was answered " + answer);
        token = JSON.readTree(answer.body()).path("accessToken").asString();
        return this;
    }

    public String token() {
        return token;
    }

    public void useToken(String other) {
        token = other;
    }

    /** What came back; status 0 when nothing did. */
    public record Said(int status, String body, String retryAfter, Duration after) {
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    public Said events(String ndjson) {
        return tried("/api/v1/monitor/events", "application/x-ndjson", ndjson);
    }

    public Said tried(String path, String type, String body, String... headers) {
        var request = request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return tried(request);
    }

    public Said asked(String path) {
        return tried(request(path).GET());
    }

    private Said tried(HttpRequest.Builder request) {
        long begin = System.nanoTime();
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Said(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Retry-After").orElse(""),
                    Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException lost) {
            return new Said(0, lost.toString(), "", Duration.ofNanos(System.nanoTime() - begin));
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    public JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        var answer = asked(path);
        if (answer.status() != 200) throw new AssertionError(path + " was answered " + answer);
        return answer.body();
    }

    HttpResponse<Path> file(String path, String body, Path to) {
        try {
            return http.send(
                    request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofFile(to));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Waits until detection and every view have read all there is. */
    void awaitReaders() {
        Patience.pause(A_SAMPLE); // What the page says is a moment old, and may be of before the last event.
        Patience.until(
                Duration.ofMinutes(2),
                () -> asked("/api/v1/monitor/health"),
                said -> said.status() == 200 && said.body().contains("up to date"));
    }

    /** What a firewall would pull. Neighbouring addresses come as one network: whoever looks for an address asks whether one of them holds it. */
    public List<Network> blocklist() {
        return text("/api/v1/defense/blocklist")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Network::of)
                .toList();
    }

    boolean blocks(String address) {
        return covers(blocklist(), address);
    }

    /** Proves the way from the login to the answer. */
    public void awaitBlockOf(String address, Duration longest) {
        Patience.until(longest, this::blocklist, all -> covers(all, address));
    }

    private static boolean covers(List<Network> networks, String address) {
        return networks.stream().anyMatch(network -> network.contains(Address.of(address)));
    }

    /** The rules that name exactly this address. */
    List<JsonNode> rulesAgainst(String address) {
        var items = get("/api/v1/defense/rules?standing=true&limit=500").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(rule -> rule.path("network").asString().equals(address))
                .toList();
    }

    public List<JsonNode> incidentsOf(String address) {
        var items = get("/api/v1/incidents?limit=200").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("sources").toString().contains("\"" + address + "\""))
                .toList();
    }
}
