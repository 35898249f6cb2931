package io.velvetastro.app;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The one folder that is ours, looked at before anything is written there; the store takes it for itself later. */
final class DataFolder {
    private static final long ROOM_NEEDED_BYTES = 512L << 20;

    private DataFolder() {}

    static void isUsable(Path folder) {
        var data = folder.toAbsolutePath().normalize();
        isWritable(data);
        hasRoom(data, freeBytes(data));
    }

    private static void isWritable(Path data) {
        try {
            if (!Files.isDirectory(data)) {
                Files.createDirectories(data);
                if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
                }
            }
            Files.deleteIfExists(Files.createTempFile(
                    data, ".writable", null)); // Permissions say nothing to root or on a read-only mount.
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
}
