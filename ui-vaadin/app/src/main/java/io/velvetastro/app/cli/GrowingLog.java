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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that grows at its end, is moved away and begun anew, or is cut to nothing: read in whole lines, each once. */
final class GrowingLog implements Closeable {
    private static final int PIECE_BYTES = 1 << 20;
    private static final Piece NOTHING = new Piece(new byte[0], true, List.of());

    /** Some whole lines, whether they begin the file, and those of them that stood in earlier pieces, as often as they did. */
    record Piece(byte[] bytes, boolean fromTheTop, List<String> seenBefore) {
        boolean isEmpty() {
            return bytes.length == 0;
        }
    }

    /** Where reading stands: in which file (by the file system's own key), at which byte, and which lines stood there lately. */
    record Position(String fileKey, long offset, Recent recent) {}

    private final Path path;
    private final Recent recent;
    private @Nullable FileChannel file;
    private String fileKey = "";
    private long offset;

    GrowingLog(Path path, @Nullable Position last, boolean fromEnd) throws IOException {
        this.path = path;
        this.recent = last == null ? new Recent() : last.recent();
        open(last == null ? path : whereItIsNow(last));
        if (last != null && fileKey.equals(last.fileKey()))
            offset = last.offset(); // Otherwise it is gone, and what stands there now is new.
        if (last == null && fromEnd && file != null) offset = endOfLastLine(file);
    }

    /** The next whole lines, or nothing yet. */
    Piece next() throws IOException {
        var piece = file == null ? NOTHING : read(file);
        if (piece.isEmpty() && isReplaced()) { // The old file is read to its end before the new one begins.
            close();
            open(path);
        }
        return piece;
    }

    Position position() {
        return new Position(fileKey, offset, recent);
    }

    /** The file's first line, which in some formats names the columns. */
    byte[] header() throws IOException {
        var start = ByteBuffer.allocate(PIECE_BYTES);
        if (file != null) file.read(start, 0);
        for (var i = 0; i < start.position(); i++) if (start.get(i) == '\n') return Arrays.copyOf(start.array(), i + 1);
        return new byte[0];
    }

    private Piece read(FileChannel from) throws IOException {
        if (from.size() < offset) offset = 0; // Cut to nothing and begun anew.
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

    private void open(Path at) throws IOException {
        offset = 0;
        try {
            fileKey = key(at);
            file = FileChannel.open(at);
            if (key(at).equals(fileKey)) return;
            file.close(); // Replaced between the two looks.
        } catch (NoSuchFileException betweenTwo) {
            // The writer has moved the old file away and not begun the new one.
        }
        file = null;
        fileKey = "";
    }

    private boolean isReplaced() throws IOException {
        try {
            return !key(path).equals(fileKey);
        } catch (NoSuchFileException betweenTwo) {
            return false;
        }
    }

    /** A file that was renamed by a rotation while nobody followed is found beside its old name. */
    private Path whereItIsNow(Position last) throws IOException {
        try (var beside = Files.newDirectoryStream(path.toAbsolutePath().getParent(), path.getFileName() + "*")) {
            for (var candidate : beside) if (key(candidate).equals(last.fileKey())) return candidate;
        }
        return path;
    }

    private static String key(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return String.valueOf(attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey());
    }

    @Override
    public void close() throws IOException {
        if (file != null) file.close();
    }
}
