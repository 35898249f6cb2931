package io.velvetastro.witness;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.ConsistencyProof;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.VerifierKey;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The witness that comes with the house: a process of its own with its own key and memory, started when it is first needed and again should it have ended. It does not outlive us.
 */
public final class ChildWitness implements Watcher {
    private final Path folder;
    private final List<VerifierKey> logs;
    private @Nullable Process process;
    private @Nullable RemoteWitness running;
    private boolean closed;

    /**
     * A witness that is started later.
     *
     * @param logs the log's keys, the present one first
     */
    public ChildWitness(Path folder, List<VerifierKey> logs) {
        this.folder = folder;
        this.logs = List.copyOf(logs);
    }

    @Override
    public VerifierKey verifier() {
        return new WitnessFolder(folder).verifier().orElseGet(() -> running().verifier());
    }

    @Override
    public Note.Line cosign(Note note, LongFunction<ConsistencyProof> proofs) {
        return running().cosign(note, proofs);
    }

    @Override
    public Optional<Checkpoint> last() {
        return running().last();
    }

    private synchronized RemoteWitness running() {
        if (closed) throw new WitnessAway("The witness has been stopped");
        if (running != null && process != null && process.isAlive()) return running;
        end();
        return start();
    }

    private RemoteWitness start() {
        try {
            var child = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process = child;
            var said = child.inputReader();
            var key = VerifierKey.parse(line(said, "witness key "));
            var address = URI.create(line(said, WitnessProcess.LISTENING));
            return running = new RemoteWitness(address, key);
        } catch (IOException e) {
            end();
            throw new WitnessAway("The witness of " + folder + " does not start", e);
        }
    }

    private static String line(BufferedReader said, String beginning) throws IOException {
        var line = said.readLine();
        if (line == null || !line.startsWith(beginning)) throw new IOException("It has not said its " + beginning);
        return line.substring(beginning.length());
    }

    private List<String> command() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(classes());
        command.addAll(List.of(
                WitnessProcess.WITH_PARENT,
                "--data",
                folder.toString(),
                "--log",
                logs.stream().map(VerifierKey::toString).collect(Collectors.joining(",")),
                "--name",
                logs.getFirst().name().replace("/log/", "/witness/")));
        return command;
    }

    /** Nothing but what a witness needs is on its class path, where our own parts are files of their own. */
    private static List<String> classes() {
        var own = Stream.of(WitnessProcess.class, Leaf.class, CannotStart.class)
                .map(ChildWitness::location)
                .toList();
        if (own.stream().allMatch(Optional::isPresent)) {
            var path = own.stream().flatMap(Optional::stream).collect(Collectors.joining(File.pathSeparator));
            return List.of("-cp", path, WitnessProcess.class.getName());
        }
        return List.of( // Packed into one jar, of which its own launcher must read.
                "-cp",
                System.getProperty("java.class.path"),
                "-Dloader.main=" + WitnessProcess.class.getName(),
                "org.springframework.boot.loader.launch.PropertiesLauncher");
    }

    private static Optional<String> location(Class<?> type) {
        try {
            var at = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return at.getScheme().equals("file") ? Optional.of(Path.of(at).toString()) : Optional.empty();
        } catch (URISyntaxException odd) {
            return Optional.empty();
        }
    }

    /** Its folder can be one process's only. */
    @Override
    public synchronized void rest() {
        end();
    }

    private void end() {
        if (running != null) running.close();
        if (process != null) process.destroy();
        running = null;
        process = null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        end();
    }
}
