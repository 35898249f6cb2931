package io.velvetastro.notary;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Anchor;
import io.velvetastro.ledger.Checkpoint;
import io.velvetastro.ledger.Hash;
import io.velvetastro.witness.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this house signed last, in a file beside its keys: a database that is rewritten cannot make it forget. */
final class LastSigned {
    private static final String HEADER = "velvetastro.io/last-signed@v1";
    private static final int FIRST_LOG = 6;

    private final Path file;

    LastSigned(Path file) {
        this.file = file;
    }

    /**
     * All of the ledger at the moment of its last signature.
     *
     * @param platform what was signed
     * @param place up to where the store had been taken into it
     * @param doubts how many events had been changed before it came to them
     * @param logs each organisation's root as the platform's log has it
     */
    record State(Checkpoint platform, long place, long doubts, Map<TenantId, Anchor> logs) {
        State {
            logs = Map.copyOf(logs);
        }

        /** The next one: whatever did not grow is as it was. */
        State then(Checkpoint signed, long place, long doubts, Map<TenantId, Anchor> grown) {
            var all = new HashMap<>(logs);
            all.putAll(grown);
            return new State(signed, place, doubts, all);
        }

        private String text() {
            var text = new StringBuilder(HEADER).append('\n').append(platform.text());
            text.append("place ")
                    .append(place)
                    .append("\ndoubts ")
                    .append(doubts)
                    .append('\n');
            logs.forEach((tenant, anchor) -> text.append(tenant)
                    .append(' ')
                    .append(anchor.log())
                    .append(' ')
                    .append(anchor.size())
                    .append(' ')
                    .append(anchor.root().base64())
                    .append('\n'));
            return text.toString();
        }

        private static State parse(List<String> lines) {
            var logs = new HashMap<TenantId, Anchor>();
            for (var line : lines.subList(FIRST_LOG, lines.size())) {
                var parts = line.split(" ", 4);
                logs.put(TenantId.of(parts[0]), new Anchor(parts[1], Long.parseLong(parts[2]), Hash.parse(parts[3])));
            }
            return new State(
                    Checkpoint.parse(String.join("\n", lines.subList(1, 4)) + "\n"),
                    number("place ", lines.get(4)),
                    number("doubts ", lines.get(5)),
                    logs);
        }

        private static long number(String name, String line) {
            if (!line.startsWith(name)) throw new IllegalArgumentException("There is no " + name);
            return Long.parseLong(line.substring(name.length()));
        }
    }

    /** Empty where nothing was ever signed, or by a house that did not remember yet. */
    Optional<State> read() {
        if (!Files.exists(file)) return Optional.empty();
        try {
            var lines = Files.readAllLines(file);
            if (!lines.getFirst().equals(HEADER)) throw new IllegalArgumentException("Another file");
            return Optional.of(State.parse(lines));
        } catch (IOException | RuntimeException unreadable) {
            throw new CannotStart(
                    MACHINE,
                    "The file " + file + " does not say what was signed last. Put it back from your backup.",
                    unreadable);
        }
    }

    void keep(State state) {
        try {
            KeyFiles.write(file, state.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For whoever knows that what it remembers is lost. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
