package io.velvetastro.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The files that a log's rotations left beside it, by their names and ages. What is packed cannot be read on from the middle: it is named, so that a person can import it. */
final class Rotations {
    private static final Pattern PACKED = Pattern.compile("\\.(gz|xz|bz2|zst)$");

    private final Path log;
    private final Pattern name;
    private final Consumer<String> notes;

    /** @param notes what a person should know */
    Rotations(Path log, Consumer<String> notes) {
        this.log = log.toAbsolutePath();
        this.name = Pattern.compile(
                Pattern.quote(String.valueOf(log.getFileName())) + "[.-]\\d[\\d.-]*(\\.(gz|xz|bz2|zst))?");
        this.notes = notes;
    }

    /** @param isNumbered whether its name says that it is a rotation: others may be anything, and are only known again by what they hold */
    private record Rotated(Path path, String key, FileTime written, boolean isNumbered, boolean isReadable) {}

    /** The first that is to be read after the one with this key, or nothing when that is the log itself. */
    Optional<Path> after(String fileKey) throws IOException {
        var all = numbered();
        for (int i = 0; i < all.size(); i++)
            if (all.get(i).key().equals(fileKey)) return firstToRead(all.subList(i + 1, all.size()));
        return Optional.empty();
    }

    /** The first that was written to after this instant, or nothing when there is the log alone. */
    Optional<Path> since(FileTime at) throws IOException {
        return firstToRead(numbered().stream()
                .filter(rotated -> rotated.written().compareTo(at) > 0)
                .toList());
    }

    /** Those that can be read as they are, the log itself before all. */
    List<Path> newestFirst() throws IOException {
        var readable = new ArrayList<>(List.of(log));
        for (var rotated : oldestFirst().reversed()) if (rotated.isReadable()) readable.add(rotated.path());
        return readable;
    }

    private Optional<Path> firstToRead(List<Rotated> rest) {
        for (var rotated : rest) {
            if (rotated.isReadable()) return Optional.of(rotated.path());
            notes.accept("Lines may be missing: " + rotated.path()
                    + " is packed or not ours to read. Send it with ./velvet import.");
        }
        return Optional.empty();
    }

    private List<Rotated> numbered() throws IOException {
        return oldestFirst().stream().filter(Rotated::isNumbered).toList();
    }

    /** Of two written in the same moment the one with the lower number is the newer. */
    private List<Rotated> oldestFirst() throws IOException {
        var all = new ArrayList<Rotated>();
        try (var beside = Files.newDirectoryStream(log.getParent(), this::isBeside)) {
            for (var path : beside) {
                try {
                    all.add(new Rotated(
                            path,
                            GrowingLog.key(path),
                            Files.getLastModifiedTime(path),
                            name.matcher(String.valueOf(path.getFileName())).matches(),
                            !PACKED.matcher(path.toString()).find() && Files.isReadable(path)));
                } catch (NoSuchFileException goneMeanwhile) {
                    // A rotation goes on while we look.
                }
            }
        }
        all.sort(Comparator.comparing(Rotated::written).thenComparing(Rotated::path, Comparator.reverseOrder()));
        return all;
    }

    private boolean isBeside(Path path) {
        return !path.equals(log)
                && Files.isRegularFile(path)
                && String.valueOf(path.getFileName()).startsWith(String.valueOf(log.getFileName()));
    }
}
