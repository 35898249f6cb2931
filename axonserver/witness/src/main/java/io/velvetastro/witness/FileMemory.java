package io.velvetastro.witness;

import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a witness saw last, in files of its own: a database that is set back cannot make it forget. The platform's log has one file, which is replaced; the many of the organisations share another, to which each state is appended, since that costs one write to the disk, and which is written anew when it is opened.
 */
final class FileMemory implements Witness.Memory {
    /** A house has as many organisations at the most; whoever holds its key shall not fill the disk. */
    private static final int MOST_LOGS = 50_000;

    /** As many again and again as there are logs, and not fewer than these: a witness starts as quickly after a year as after a day. */
    private static final int FEWEST_BETWEEN = 1_000;

    private static final int TIMES_ALL = 4;

    private final String platform;
    private final Path file;
    private final Path others;
    private final Map<String, Checkpoint> seen = new LinkedHashMap<>();
    private FileChannel appending;
    private int left;

    /** @param platform the log that has a file of its own */
    FileMemory(String platform, Path folder) {
        this.platform = platform;
        this.file = folder.resolve(WitnessFolder.SEEN);
        this.others = folder.resolve(WitnessFolder.SEEN_LOGS);
        try {
            read();
            appending = begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One state after the other: a witness has little memory. One that was cut short by a power cut was never answered for. */
    private void read() throws IOException {
        if (!Files.exists(others)) return;
        try (var reader = Files.newBufferedReader(others)) {
            var state = new StringBuilder();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) {
                    state.append(line).append('\n');
                } else if (!state.isEmpty()) {
                    var checkpoint = Checkpoint.parse(state.toString());
                    seen.put(checkpoint.origin(), checkpoint);
                    state.setLength(0);
                }
            }
        }
    }

    private FileChannel begin() throws IOException {
        KeyFiles.write(others, WitnessFolder.seenLogs(seen.values()));
        left = Math.max(FEWEST_BETWEEN, TIMES_ALL * seen.size());
        return FileChannel.open(others, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized Optional<Checkpoint> last(String origin) {
        if (!origin.equals(platform)) return Optional.ofNullable(seen.get(origin));
        try {
            return Files.exists(file) ? Optional.of(Checkpoint.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void remember(Checkpoint checkpoint) {
        try {
            if (checkpoint.origin().equals(platform)) KeyFiles.write(file, checkpoint.text());
            else append(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(Checkpoint checkpoint) throws IOException {
        if (seen.size() >= MOST_LOGS && !seen.containsKey(checkpoint.origin()))
            throw new IOException("It has seen " + MOST_LOGS + " logs, and takes no more");
        if (left <= 0) {
            appending.close();
            appending = begin();
        }
        var line = ByteBuffer.wrap((checkpoint.text() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) appending.write(line);
            appending.force(false);
        } catch (IOException cutShort) {
            left = 0; // Nothing may stand behind half a state: the next one begins the file anew.
            throw cutShort;
        }
        seen.put(checkpoint.origin(), checkpoint);
        left--;
    }
}
