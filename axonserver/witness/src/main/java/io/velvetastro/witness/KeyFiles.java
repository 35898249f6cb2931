package io.velvetastro.witness;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The secrets that sign, each in a file of its own: whoever has the database alone can sign nothing. */
public final class KeyFiles {
    private static final Set<StandardOpenOption> WRITE = Set.of(StandardOpenOption.WRITE);

    private KeyFiles() {}

    /**
     * Reads a key, or makes it where nothing was ever signed with it.
     *
     * @param name the key's name, should it have to be made
     * @param needed whether something was signed with it already
     */
    public static SigningKey open(Path file, String name, Kind kind, boolean needed) {
        return read(file, kind).orElseGet(() -> {
            if (needed)
                throw new CannotStart(
                        MACHINE,
                        "The key file " + file
                                + " is missing, and this ledger was signed with it. Put it back from your backup.");
            var key = SigningKey.generate(name, kind);
            try {
                write(file, key.secretText());
            } catch (IOException e) {
                throw new CannotStart(MACHINE, "Cannot write the key file " + file + ".", e);
            }
            return key;
        });
    }

    public static Optional<SigningKey> read(Path file, Kind kind) {
        if (!Files.exists(file)) return Optional.empty();
        try {
            var key = SigningKey.parse(Files.readString(file));
            if (key.verifier().kind() == kind) return Optional.of(key);
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot read the key file " + file + ".", e);
        } catch (NotProven malformed) {
            // Told below; what was found is a secret.
        }
        throw new CannotStart(
                MACHINE,
                "The key file " + file + " does not hold a " + (kind == Kind.LOG ? "log's" : "witness's")
                        + " signing key. Put it back from your backup.");
    }

    /**
     * The key that will take another's place and already signs beside it, if there is a file for it; an empty file asks for one to be made.
     *
     * @param name the present key's name, which both carry: it is the log's
     */
    public static Optional<SigningKey> successor(Path file, String name) {
        try {
            if (Files.exists(file) && Files.size(file) == 0)
                write(file, SigningKey.generate(name, Kind.LOG).secretText());
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot write the key file " + file + ".", e);
        }
        var key = read(file, Kind.LOG);
        key.filter(successor -> !successor.verifier().name().equals(name)).ifPresent(stranger -> {
            throw new CannotStart(
                    MACHINE, "The key file " + file + " belongs to another log: a successor is called " + name + ".");
        });
        return key;
    }

    /** The verifier keys in a file, one a line; none when there is no file. */
    public static List<VerifierKey> former(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .map(VerifierKey::parse)
                            .toList()
                    : List.of();
        } catch (IOException | NotProven e) {
            throw new CannotStart(MACHINE, "The file " + file + " does not hold verifier keys, one a line.", e);
        }
    }

    /** Writes a file that only its owner reads: whole, on disk, or not at all. */
    public static void write(Path file, String text) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(folder, file.getFileName().toString(), "", ownerOnly);
        try (var out = FileChannel.open(fresh, WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) out.write(bytes); // A disk that is almost full takes a part and says nothing.
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Until the folder is on disk too, a power cut takes the new name back.
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
