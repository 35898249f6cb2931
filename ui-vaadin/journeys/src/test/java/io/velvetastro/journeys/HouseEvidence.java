package io.velvetastro.journeys;

import static io.velvetastro.journeys.Client.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A bundle that a house at work has made of an incident of its own, with all that a bundle can have, and the keys it names. */
record HouseEvidence(Path file, String incident, String key, String witness) {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Of an attack by this user from this address; the second of two, for the second leads back to the first. */
    static HouseEvidence of(Client client, Path folder, String user, String address) {
        client.post(SixEvents.ofAnAttack(user, address));
        var incident = await(SOON, () -> incidentOf(client, address), id -> !id.isEmpty());
        bundle(client, folder.resolve("first.zip"), incident);
        return new HouseEvidence(
                bundle(client, folder.resolve("evidence.zip"), incident),
                incident,
                client.text("/api/v1/forensics/key").strip(),
                client.text("/api/v1/forensics/witness").strip());
    }

    private static String incidentOf(Client client, String address) {
        var items = client.get("/api/v1/incidents?limit=100").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("sources").toString().contains("\"" + address + "\""))
                .map(item -> item.path("id").asString())
                .findFirst()
                .orElse("");
    }

    /** Until the house has come to the newest of these events: it says so, and is asked again. */
    private static Path bundle(Client client, Path to, String incident) {
        var question = "{\"incidentId\":\"" + incident + "\",\"disclose\":[\"user\",\"address\"]}";
        var request = client.request("/api/v1/forensics/bundles")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question))
                .build();
        await(SOON, () -> taken(client, request, to), status -> status == 200);
        return to;
    }

    private static int taken(Client client, HttpRequest request, Path to) {
        try {
            return client.http().send(request, BodyHandlers.ofFile(to)).statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** What our own verifier says of it. */
    Report report() throws IOException {
        var witnesses = witness.lines().map(VerifierKey::parse).toList();
        try (var bundle = Bundle.open(file)) {
            return Verifier.verify(bundle, Trust.in(VerifierKey.parse(key), witnesses));
        }
    }

    Map<String, byte[]> files() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                files.put(entry.getName(), zip.readAllBytes());
        }
        assertThat(files.keySet())
                .contains("checkpoint", "doubts", "previous/checkpoint", "previous/anchor.tlog-proof")
                .contains("consistency/platform", "consistency/log")
                .anyMatch(name -> name.startsWith("census/"))
                .anyMatch(name -> name.startsWith("disclosed/"));
        return files;
    }

    /** The same with one bit of one file turned over. */
    byte[] withFlippedBit(String name, int bit) throws IOException {
        var files = files();
        files.get(name)[bit / 8] ^= (byte) (1 << bit % 8);
        return zipped(files);
    }

    static byte[] zipped(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
