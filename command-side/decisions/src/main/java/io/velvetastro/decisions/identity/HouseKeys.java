package io.velvetastro.decisions.identity;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.velvetastro.language.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Set;

/** The key this house signs its tokens with: made at the first start, kept in a file that nobody else may read, and never in the database beside what it protects. */
final class HouseKeys {
    private static final int BITS = 3072;
    private static final int FEWEST_BITS = 2048;

    /** Thumbprints (RFC 7638) of keys printed in books: whoever can read can sign with them. */
    private static final Set<String> IN_BOOKS = Set.of(
            "IsUn6_e04MaShXFIISMp4kG62LWzMIPy_MvSA5pJgX8", // RFC 7515, A.2
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", // RFC 7517, A.2
            "oGDmHqCJ7yzMkWEkrlZVHkvrHIyQwtlDmeq5ForUHeY"); // The key jwt.io fills in.

    private final RSAKey key;

    private HouseKeys(RSAKey key) {
        this.key = key;
    }

    static Path fileIn(Path data) {
        return data.resolve("keys").resolve("token.jwk");
    }

    static boolean areIn(Path data) {
        return Files.exists(fileIn(data));
    }

    static HouseKeys of(Path data) {
        var file = fileIn(data);
        try {
            return new HouseKeys(Files.exists(file) ? read(file) : make(file));
        } catch (IOException unreachable) {
            throw new CannotStart(
                    MACHINE,
                    "The key file " + file + " can be neither read nor written: check its folder's permissions.");
        }
    }

    /** With the private half; for signing only. */
    RSAKey signing() {
        return key;
    }

    /** What anybody may know. */
    RSAKey published() {
        return key.toPublicJWK();
    }

    /** A secret for another purpose that the same file protects. */
    byte[] secretFor(String purpose) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            return digest.digest(key.getPrivateExponent().decode());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static RSAKey read(Path file) throws IOException {
        try {
            var key = JWK.parse(Files.readString(file)).toRSAKey();
            if (!key.isPrivate() || key.size() < FEWEST_BITS) throw unusable(file, "is too weak or not a private key");
            if (IN_BOOKS.contains(key.computeThumbprint().toString()))
                throw unusable(file, "holds a published sample key");
            return key;
        } catch (ParseException | JOSEException | IllegalArgumentException | ClassCastException unreadable) {
            throw unusable(file, "is damaged");
        }
    }

    private static RSAKey make(Path file) throws IOException {
        try {
            var key = new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
            Files.createDirectories(file.getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            ownersOnly(fresh);
            Files.writeString(fresh, key.toJSONString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return key;
        } catch (JOSEException broken) {
            throw new IllegalStateException("no key could be made", broken);
        }
    }

    private static void ownersOnly(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static CannotStart unusable(Path file, String why) {
        return new CannotStart(
                MACHINE,
                "The key file " + file + " " + why + ": restore it from a backup; without it every session ends.");
    }
}
