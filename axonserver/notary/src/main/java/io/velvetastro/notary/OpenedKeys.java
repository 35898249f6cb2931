package io.velvetastro.notary;

import static io.velvetastro.language.CannotStart.Because.MACHINE;
import static io.velvetastro.language.CannotStart.Because.USAGE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.SigningKey;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.VerifierKey.Kind;
import io.velvetastro.notary.LedgerTables.Signed;
import io.velvetastro.witness.ChildWitness;
import io.velvetastro.witness.KeyFiles;
import io.velvetastro.witness.RemoteWitness;
import io.velvetastro.witness.Watcher;
import io.velvetastro.witness.WitnessFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Finds the ledger's keys, and refuses to begin where one is missing or is not the one that was used before. */
final class OpenedKeys {
    private final NotarySettings settings;
    private final Path folder;
    private final Path witness;
    private final Optional<Signed> newest;

    OpenedKeys(NotarySettings settings, String data, Optional<Signed> newest) {
        this.settings = settings;
        this.folder = folder(settings.keys(), data, "keys");
        this.witness = folder(settings.witness(), data, "witness");
        this.newest = newest;
    }

    LedgerKeys open() {
        var signing = signing();
        var former = KeyFiles.former(folder.resolve("former.vkeys"));
        var verifiers = signing.stream().map(SigningKey::verifier).toList();
        var last = new LastSigned(folder.resolve("last-signed"));
        last.read();
        var keys = new LedgerKeys(signing, former, witnesses(verifiers), last);
        newest.ifPresent(signed -> requireOurs(signed, keys));
        return keys;
    }

    private List<SigningKey> signing() {
        // The name distinguishes this house from every other, so that no checkpoint of one passes for the other's.
        var name = "velvetastro.io/log/"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var keys = new ArrayList<SigningKey>();
        keys.add(KeyFiles.open(folder.resolve("log.key"), name, Kind.LOG, newest.isPresent()));
        KeyFiles.successor(
                        folder.resolve("next-log.key"),
                        keys.getFirst().verifier().name())
                .ifPresent(keys::add);
        return keys;
    }

    private List<Watcher> witnesses(List<VerifierKey> log) {
        if (settings.witnesses().isEmpty()) return List.of(own(log));
        return settings.witnesses().stream().<Watcher>map(OpenedKeys::elsewhere).toList();
    }

    private Watcher own(List<VerifierKey> log) {
        var own = new WitnessFolder(witness);
        boolean worked = own.verifier().isPresent();
        if (worked && !Files.exists(own.secret()))
            throw new CannotStart(
                    MACHINE,
                    "The witness's key file " + own.secret()
                            + " is missing, and this ledger was witnessed with it. Put it back from your backup.");
        return new ChildWitness(witness, log);
    }

    private static Watcher elsewhere(NotarySettings.Elsewhere named) {
        try {
            var key = VerifierKey.parse(named.key());
            if (key.kind() == Kind.WITNESS) return new RemoteWitness(named.url(), key);
        } catch (NotProven unfit) {
            // Told below.
        }
        throw new CannotStart(
                USAGE, "velvet.ledger.witnesses: the key of " + named.url() + " is not a witness's verifier key.");
    }

    private void requireOurs(Signed signed, LedgerKeys keys) {
        var note = Note.parse(signed.note());
        try {
            keys.trusted(note);
        } catch (NotProven notOurs) {
            throw new CannotStart(
                    MACHINE,
                    "The key file " + folder.resolve("log.key") + " is not the one this ledger was signed with ("
                            + notOurs.reason() + "). Put the right one back from your backup.");
        }
        if (settings.witnesses().isEmpty()) requireOwnWitness(signed, note, keys);
    }

    /** The house's own witness must be the one that was there before, or an administrator must have said that it no longer is. */
    private void requireOwnWitness(Signed signed, Note note, LedgerKeys keys) {
        if (!signed.isCosigned()) return;
        var known = new ArrayList<>(keys.former());
        new WitnessFolder(witness).verifier().ifPresent(known::add);
        if (known.stream().noneMatch(note::claims))
            throw new CannotStart(
                    MACHINE,
                    "The witness in " + witness
                            + " is not the one that has seen this ledger. Put its folder back from your"
                            + " backup, or write its verifier key into " + folder.resolve("former.vkeys") + ".");
    }

    private static Path folder(String named, String data, String usual) {
        return named.isEmpty()
                ? Path.of(data).resolve(usual).toAbsolutePath().normalize()
                : Path.of(named).toAbsolutePath().normalize();
    }
}
