package io.velvetastro.witness;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.ledger.Witness;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** All a witness owns: its key, what it saw last, and its verifier key for everybody to read. */
public final class WitnessFolder {
    private static final Duration PREDECESSOR_ENDS_WITHIN = Duration.ofSeconds(10);
    /** A lock ends with its channel, and a channel that nothing refers to ends with the next garbage collection. */
    private static final Set<FileLock> HELD = ConcurrentHashMap.newKeySet();

    /** The platform's log as it was seen last. */
    public static final String SEEN = "seen";

    /** Every organisation's log as it was seen last, each state followed by an empty line. */
    public static final String SEEN_LOGS = "seen-logs";

    private final Path folder;

    public WitnessFolder(Path folder) {
        this.folder = folder;
    }

    /** The key that signs; one can only be made where nothing was ever seen. */
    SigningKey key(String name) {
        var key = KeyFiles.open(secret(), name, Kind.WITNESS, Files.exists(folder.resolve(SEEN)));
        try {
            publish(key.verifier());
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot write to the witness's folder " + folder + ".", e);
        }
        return key;
    }

    /** Whole or not at all: whoever proves something reads it at any time. */
    private void publish(VerifierKey key) throws IOException {
        var fresh = Files.writeString(folder.resolve("witness.vkey.new"), key + "\n");
        Files.move(fresh, folder.resolve("witness.vkey"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** For whoever has taken it alone. */
    Witness.Memory memory(String platform) {
        return new FileMemory(platform, folder);
    }

    /** What the file of the organisations' logs says of these. */
    public static String seenLogs(Collection<Checkpoint> states) {
        var text = new StringBuilder();
        states.forEach(checkpoint -> text.append(checkpoint.text()).append('\n'));
        return text.toString();
    }

    /** Where the secret lies; for messages and for whoever only asks whether it is there. */
    public Path secret() {
        return folder.resolve("witness.key");
    }

    /** The public half, as the witness itself has written it; empty where none ever ran. */
    public Optional<VerifierKey> verifier() {
        var file = folder.resolve("witness.vkey");
        try {
            return Files.exists(file)
                    ? Optional.of(VerifierKey.parse(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot read " + file + ".", e);
        }
    }

    /** Two witnesses with one memory would forget for each other. Waits a little for one that is just ending; from then on it is this process's until that ends. */
    void takeAlone() {
        takeAlone(PREDECESSOR_ENDS_WITHIN);
    }

    void takeAlone(Duration patience) {
        try {
            Files.createDirectories(folder);
            HELD.add(lock(patience));
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot write to the witness's folder " + folder + ".", e);
        }
    }

    private FileLock lock(Duration patience) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = System.nanoTime() + patience.toNanos();
        for (var lock = lock(channel); ; lock = lock(channel)) {
            if (lock != null) return lock;
            if (System.nanoTime() > end) {
                channel.close();
                throw new CannotStart(
                        MACHINE, "Another witness works in " + folder + ": stop it, or name another folder.");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException held) {
            return null;
        }
    }
}
