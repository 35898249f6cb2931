package io.velvetastro.witness;

import io.velvetastro.ledger.AddCheckpoint;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.Cosignature;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.NotProven.Reason;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** A witness behind an address that speaks C2SP tlog-witness; ours or anybody's. */
public final class RemoteWitness implements Watcher {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private final URI address;
    private final VerifierKey key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    /** Where it stood with each log when we last heard; only a guess, it corrects us. */
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    /**
     * A witness somewhere.
     *
     * @param key whose cosignatures count; pinned, never asked for
     */
    public RemoteWitness(URI address, VerifierKey key) {
        this.address = address;
        this.key = key;
    }

    @Override
    public VerifierKey verifier() {
        return key;
    }

    @Override
    public Note.Line cosign(Note note, LongFunction<ConsistencyProof> proofs) {
        var checkpoint = Checkpoint.parse(note.text());
        var origin = checkpoint.origin();
        long size = checkpoint.size();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long from = Math.min(seen.getOrDefault(origin, 0L), size);
            var proof = from == 0 ? new ConsistencyProof(0, size, List.of()) : proofs.apply(from);
            var answer = send(HttpRequest.newBuilder(at("add-checkpoint"))
                    .POST(BodyPublishers.ofString(AddCheckpoint.of(note, proof).text())));
            switch (answer.statusCode()) {
                case 200 -> {
                    seen.put(origin, size);
                    return own(note, answer.body());
                }
                case 409 -> seen.put(origin, knows(answer.body(), from, size));
                case 404 ->
                    throw new WitnessAway("The witness " + key.name() + " does not know the log " + origin
                            + ": it has to take the platform's and every one under its name");
                case 403, 422 ->
                    throw refused(Reason.INCONSISTENT, answer.body().strip());
                default -> throw new WitnessAway("The witness " + key.name() + " answers " + answer.statusCode());
            }
        }
        throw new WitnessAway("The witness " + key.name() + " keeps changing its mind about what it saw");
    }

    /** From where it wants to be shown; there is nothing to show when that is not in our past. */
    private long knows(String body, long from, long size) {
        long said;
        try {
            said = Long.parseLong(body.strip());
        } catch (NumberFormatException noSize) {
            throw new WitnessAway("The witness " + key.name() + " does not say what it saw", noSize);
        }
        if (said > size) throw refused(Reason.OLDER, "it has seen " + said + " leaves");
        if (said == from) throw refused(Reason.INCONSISTENT, "it has seen other " + said + " leaves");
        return said;
    }

    private NotProven refused(Reason reason, String found) {
        return new NotProven(reason, "witness " + key.name(), "a history it can follow", found);
    }

    /** The line that is by the pinned key and really about this note. */
    private Note.Line own(Note note, String body) {
        for (var line : body.lines().toList()) {
            var cosigned = note.with(Note.Line.parse(line));
            if (!cosigned.claims(key)) continue;
            Cosignature.require(cosigned, key);
            return cosigned.signatures().getLast();
        }
        throw new WitnessAway("Whoever answers at " + address + " is not the witness " + key.name());
    }

    @Override
    public Optional<Checkpoint> last() {
        var answer = send(HttpRequest.newBuilder(at("checkpoint")).GET());
        return answer.statusCode() == 200 ? Optional.of(Checkpoint.parse(answer.body())) : Optional.empty();
    }

    private URI at(String path) {
        var base = address.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException away) {
            throw new WitnessAway("The witness " + key.name() + " does not answer at " + address, away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WitnessAway("Interrupted while waiting for the witness", stopped);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
