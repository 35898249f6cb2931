package io.velvetastro.store.database;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder that holds all that lasts, held by one process at a time. */
public final class DataFolder implements AutoCloseable {
    /** Less free space than this and the database could not even write its log. */
    private static final long LEAST_FREE_BYTES = 100L << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder, and makes it where it is missing.
     *
     * @throws CannotStart when it is another's, not writable, or full
     */
    public static DataFolder take(Path folder) {
        return take(folder, LEAST_FREE_BYTES);
    }

    static DataFolder take(Path folder, long leastFreeBytes) {
        var path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            if (path.toFile().getUsableSpace() < leastFreeBytes)
                throw new CannotStart(MACHINE, "No space left for " + path + ": at least 100 MB must be free.");
            return locked(path);
        } catch (IOException e) {
            throw new CannotStart(
                    MACHINE,
                    "Cannot write to " + path + ": " + reason(e) + ". Give another folder with --data DIR.",
                    e);
        }
    }

    private static DataFolder locked(Path path) throws IOException {
        var channel =
                FileChannel.open(path.resolve("velvet.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) return new DataFolder(path, channel, lock);
        } catch (OverlappingFileLockException ofThisVeryProcess) {
            // Falls through: whoever holds it, it is taken.
        }
        channel.close();
        throw new CannotStart(
                MACHINE,
                "Another Velvet Astro is using " + path
                        + ". Stop it, or give this one its own folder with --data DIR.");
    }

    public Path path() {
        return path;
    }

    /** A file in the folder that only its owner can read. */
    public static void writeSecret(Path file, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createDirectories(file.getParent());
        var fresh = Files.createTempFile(
                file.getParent(), file.getFileName().toString(), "", PosixFilePermissions.asFileAttribute(ownerOnly));
        try (var out = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        // A crash in between leaves the old file or none, never half of one.
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException known && known.getReason() != null) return known.getReason();
        return e instanceof FileSystemException
                ? e.getClass().getSimpleName().replace("Exception", "")
                : String.valueOf(e.getMessage());
    }
}
