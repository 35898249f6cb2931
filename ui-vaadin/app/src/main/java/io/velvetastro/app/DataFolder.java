package io.velvetastro.app;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The one folder that is ours: writable, with room to grow, and lived in by one process at a time. */
final class DataFolder {
    private static final long ROOM_NEEDED_BYTES = 512L << 20;

    /** Held until the process ends: the operating system lets go of it, even after kill -9. */
    private static @Nullable FileLock lock;

    private DataFolder() {}

    static void claim(Path folder) {
        var data = folder.toAbsolutePath().normalize();
        create(data);
        hasRoom(data, freeBytes(data));
        lock = lock(data);
    }

    private static void create(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data);
                if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
                }
            }
            Files.deleteIfExists(
                    Files.createTempFile(data, ".writable", null)); // Permissions lie to root and on read-only mounts.
        } catch (IOException refused) {
            throw new CannotStart(
                    MACHINE,
                    "Cannot write to the data folder " + data
                            + ": make it writable or choose another with --data DIR.");
        }
    }

    private static long freeBytes(Path data) {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE; // A disk that will not say is asked again by every write.
        }
    }

    static void hasRoom(Path data, long freeBytes) {
        if (freeBytes < ROOM_NEEDED_BYTES) {
            throw new CannotStart(
                    MACHINE,
                    "The disk of " + data + " has " + (freeBytes >> 20) + " MB left and " + (ROOM_NEEDED_BYTES >> 20)
                            + " MB are needed: free some or choose another folder with --data DIR.");
        }
    }

    private static FileLock lock(Path data) {
        try {
            var file = FileChannel.open(data.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var claimed = file.tryLock();
            if (claimed != null) return claimed;
            file.close();
        } catch (OverlappingFileLockException alreadyOurs) {
            // Said below, like a lock of another process.
        } catch (IOException refused) {
            throw new CannotStart(MACHINE, "Cannot lock the data folder " + data + ": " + refused.getMessage() + ".");
        }
        throw new CannotStart(
                MACHINE,
                "Velvet Astro is already running on the data folder " + data
                        + ": stop it first or choose another with --data DIR.");
    }
}
