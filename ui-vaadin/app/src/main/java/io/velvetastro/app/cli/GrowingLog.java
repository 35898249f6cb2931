package io.velvetastro.app.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file that grows at its end, is moved or copied away and begun anew, or is cut to nothing: read in whole lines, each once. */
final class GrowingLog implements Closeable {
    private static final int PIECE_BYTES = 1 << 20;
    /** A file is known again by its beginning: file systems give the number of a deleted file to the next one. */
    private static final int HEAD_BYTES = 1024;

    /** A rotation moves the file away first and tells its writer then. */
    private static final Duration STAYS = Duration.ofSeconds(5);

    private static final Piece NOTHING = new Piece(new byte[0], true, List.of());

    /** Some whole lines, whether they begin the file, and those of them that stood in earlier pieces, as often as they did. */
    record Piece(byte[] bytes, boolean fromTheTop, List<String> seenBefore) {
        boolean isEmpty() {
            return bytes.length == 0;
        }
    }

    /**
     * Where reading stands: in which file, at which byte, and which lines stood there lately.
     *
     * @param fileKey by the file system's own key
     * @param head a digest of the file's first bytes, as far as they were read; empty in bookmarks of before there was one
     * @param at when that was
     */
    record Position(String fileKey, String head, long offset, FileTime at, Recent recent) {}

    private final Path path;
    private final Rotations rotations;
    private final Consumer<String> notes;
    private final Recent recent;
    private final long staysNanos;
    private @Nullable Long quietSinceNanos;
    private @Nullable FileChannel file;
    private String fileKey = "";
    private byte[] head = {};
    private long offset;

    /** @param notes what a person should know */
    GrowingLog(Path path, @Nullable Position last, boolean fromEnd, Consumer<String> notes) throws IOException {
        this(path, last, fromEnd, notes, STAYS);
    }

    /** @param stays how long a file that was moved away must have been quiet before the next one begins */
    GrowingLog(Path path, @Nullable Position last, boolean fromEnd, Consumer<String> notes, Duration stays)
            throws IOException {
        this.path = path;
        this.staysNanos = stays.toNanos();
        this.rotations = new Rotations(path, notes);
        this.notes = notes;
        this.recent = last == null ? new Recent() : last.recent();
        if (last != null) resume(last);
        else open(path, 0);
        if (last == null && fromEnd && file != null) goOnAt(file, endOfLastLine(file));
    }

    /** The next whole lines, or nothing yet. */
    Piece next() throws IOException {
        if (file != null && !isStillTheSame(file)) goOnInItsCopy();
        var piece = file == null ? NOTHING : read(file);
        if (!piece.isEmpty() || !isReplaced()) quietSinceNanos = null;
        else if (file == null || hasBeenQuiet()) open(rotations.after(fileKey).orElse(path), 0);
        return piece;
    }

    /** Its writer goes on in the old file until it is told: that is read to its end before the next one begins. */
    private boolean hasBeenQuiet() {
        long now = System.nanoTime();
        if (quietSinceNanos == null) quietSinceNanos = now;
        return now - quietSinceNanos >= staysNanos;
    }

    Position position() {
        return new Position(
                fileKey, Recent.digest(head), offset, FileTime.fromMillis(System.currentTimeMillis()), recent);
    }

    /** The file's first line, which in some formats names the columns. */
    byte[] header() throws IOException {
        var start = ByteBuffer.allocate(PIECE_BYTES);
        if (file != null) file.read(start, 0);
        for (var i = 0; i < start.position(); i++) if (start.get(i) == '\n') return Arrays.copyOf(start.array(), i + 1);
        return new byte[0];
    }

    private Piece read(FileChannel from) throws IOException {
        var buffer = ByteBuffer.allocate(PIECE_BYTES);
        for (var at = offset; buffer.hasRemaining(); ) {
            var count = from.read(buffer, at);
            if (count <= 0) break;
            at += count;
        }
        var bytes = Arrays.copyOf(buffer.array(), lengthOfWholeLines(buffer));
        if (bytes.length == 0) return NOTHING;
        var lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        var piece = new Piece(bytes, offset == 0, recent.repeatedIn(lines));
        recent.add(lines);
        offset += bytes.length;
        if (head.length < HEAD_BYTES) head = head(from, offset);
        return piece;
    }

    /** A line longer than a piece is passed on in parts; the house refuses it by name. */
    private static int lengthOfWholeLines(ByteBuffer buffer) {
        for (var i = buffer.position(); i > 0; i--) if (buffer.get(i - 1) == '\n') return i;
        return buffer.hasRemaining() ? 0 : buffer.position();
    }

    private static long endOfLastLine(FileChannel file) throws IOException {
        var from = Math.max(0, file.size() - PIECE_BYTES);
        var tail = ByteBuffer.allocate(PIECE_BYTES);
        file.read(tail, from);
        return from + lengthOfWholeLines(tail);
    }

    /** A file that was moved or copied away by rotations while nobody followed is found beside its old name, and those after it are read too. */
    private void resume(Position last) throws IOException {
        var found = whereItIsNow(last.fileKey(), last.head(), last.offset());
        if (found.isPresent()) {
            open(found.get(), last.offset());
            return;
        }
        notes.accept("What was read of " + path + " last is not there any more as it was: lines may be missing.");
        open(rotations.since(last.at()).orElse(path), 0);
    }

    /** Cut, and perhaps begun anew: what stood there may have been copied away first. */
    private void goOnInItsCopy() throws IOException {
        var copy = whereItIsNow("", Recent.digest(head), offset);
        if (copy.isPresent()) open(copy.get(), offset);
        else {
            notes.accept(path + " was cut: what was written to it right before may be missing.");
            open(path, 0);
        }
    }

    private Optional<Path> whereItIsNow(String key, String head, long offset) throws IOException {
        var copy = Optional.<Path>empty();
        for (var candidate : rotations.newestFirst()) {
            try (var file = FileChannel.open(candidate)) {
                if (file.size() < offset) continue;
                boolean isSameFile = key(candidate).equals(key);
                boolean beginsAlike = Recent.digest(head(file, offset)).equals(head);
                if (isSameFile && (beginsAlike || head.isEmpty())) return Optional.of(candidate);
                if (beginsAlike && offset > 0 && copy.isEmpty()) copy = Optional.of(candidate);
            } catch (NoSuchFileException goneMeanwhile) {
                // A rotation goes on while we look.
            }
        }
        return copy;
    }

    private void open(Path at, long from) throws IOException {
        close();
        quietSinceNanos = null;
        offset = 0;
        head = new byte[0];
        try {
            fileKey = key(at);
            file = FileChannel.open(at);
            if (key(at).equals(fileKey)) {
                goOnAt(file, from);
                return;
            }
            file.close(); // Replaced between the two looks.
        } catch (NoSuchFileException betweenTwo) {
            // The writer has moved the old file away and not begun the new one.
        }
        file = null;
        fileKey = "";
    }

    private void goOnAt(FileChannel file, long from) throws IOException {
        offset = from;
        head = head(file, from);
    }

    private boolean isStillTheSame(FileChannel file) throws IOException {
        return file.size() >= offset && Arrays.equals(head(file, head.length), head);
    }

    private boolean isReplaced() throws IOException {
        try {
            return !key(path).equals(fileKey);
        } catch (NoSuchFileException betweenTwo) {
            return false;
        }
    }

    private static byte[] head(FileChannel file, long offset) throws IOException {
        var start = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, offset));
        for (var at = 0L; start.hasRemaining(); ) {
            var count = file.read(start, at);
            if (count <= 0) break;
            at += count;
        }
        return Arrays.copyOf(start.array(), start.position());
    }

    static String key(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return String.valueOf(attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey());
    }

    @Override
    public void close() throws IOException {
        if (file != null) file.close();
    }
}
