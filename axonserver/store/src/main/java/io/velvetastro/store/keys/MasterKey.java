package io.velvetastro.store.keys;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.store.database.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that wraps all others. It lies in a file of its own, so that whoever has the database alone can open nothing. */
final class MasterKey {
    private static final int BYTES = 32;

    private final Path file;
    private final SecretKey key;

    private MasterKey(Path file, byte[] key) {
        this.file = file;
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Reads the key, or makes it where no key was ever wrapped.
     *
     * @throws CannotStart when the file is missing or no key, while there is something to unwrap
     */
    static MasterKey in(Path folder, boolean needed) {
        var file = folder.resolve("keys").resolve("master.key").toAbsolutePath().normalize();
        try {
            if (!Files.exists(file)) {
                if (needed)
                    throw new CannotStart(
                            MACHINE,
                            "The key file " + file
                                    + " is missing, and this database holds keys that only it opens. Put it back from your backup.");
                var fresh = new byte[BYTES];
                new SecureRandom().nextBytes(fresh);
                DataFolder.writeSecret(file, Base64.getEncoder().encodeToString(fresh) + "\n");
            }
            return new MasterKey(file, decode(file));
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "Cannot read or write the key file " + file + ".", e);
        }
    }

    byte[] wrap(byte[] secret, String what) {
        return Aead.seal(key, what.getBytes(StandardCharsets.UTF_8), secret);
    }

    Optional<byte[]> unwrap(byte[] wrapped, String what) {
        return Aead.open(key, what.getBytes(StandardCharsets.UTF_8), wrapped);
    }

    CannotStart isNotOfThisDatabase() {
        return new CannotStart(
                MACHINE,
                "The key file " + file
                        + " is not the one this database's keys were wrapped with. Put the right one back from your backup.");
    }

    private static byte[] decode(Path file) throws IOException {
        try {
            var key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == BYTES) return key;
        } catch (IllegalArgumentException notBase64) {
            // The same to whoever must mend it.
        }
        throw new CannotStart(MACHINE, "The key file " + file + " does not hold 32 bytes in Base64.");
    }
}
