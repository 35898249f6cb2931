package io.velvetastro.witness;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a witness saw last, in a file of its own: a database that is set back cannot make it forget. */
final class FileMemory implements Witness.Memory {
    private final Path file;

    FileMemory(Path file) {
        this.file = file;
    }

    @Override
    public Optional<Checkpoint> last() {
        try {
            return Files.exists(file) ? Optional.of(Checkpoint.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remember(Checkpoint checkpoint) {
        try {
            KeyFiles.write(file, checkpoint.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
