package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velvetastro.ledger.NotProven.Reason;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Whose signature is believed: a key with its name, in the C2SP vkey text form {@code name+id+key}. */
public final class VerifierKey {
    /** What a key's signatures are over. */
    public enum Kind {
        /** A log's signature: over the text of a note. */
        LOG(1),
        /** A witness's: over a checkpoint and the time it was seen. */
        WITNESS(4);

        final byte type;

        Kind(int type) {
            this.type = (byte) type;
        }
    }

    static final int LENGTH = 32;
    /** What precedes the 32 bytes of an Ed25519 key in its X.509 form. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final Kind kind;
    private final byte[] key;
    private final int id;

    private VerifierKey(String name, Kind kind, byte[] key) {
        this.name = name;
        this.kind = kind;
        this.key = key;
        this.id = id(name, kind, key);
    }

    static VerifierKey of(String name, Kind kind, byte[] key) {
        if (key.length != LENGTH) throw new NotProven(Reason.MALFORMED, "verifier key", LENGTH + " bytes", key.length);
        return new VerifierKey(checkedName(name), kind, key.clone());
    }

    public static VerifierKey parse(String vkey) {
        var parts = vkey.split("\\+", 3); // Base64 may hold a plus itself.
        if (parts.length != 3) {
            throw new NotProven(Reason.MALFORMED, "verifier key", "name+id+key", Text.shown(vkey));
        }
        var material = Text.base64(parts[2], "verifier key");
        var parsed = of(parts[0], kind(material), Arrays.copyOfRange(material, 1, material.length));
        if (!parsed.toString().equals(vkey)) {
            throw new NotProven(Reason.MALFORMED, "verifier key", "the id " + parsed.hexId(), Text.shown(parts[1]));
        }
        return parsed;
    }

    private static Kind kind(byte[] material) {
        for (var kind : Kind.values()) {
            if (material.length > 0 && material[0] == kind.type) return kind;
        }
        throw new NotProven(Reason.MALFORMED, "verifier key", "an Ed25519 log or witness key", "another kind");
    }

    static String checkedName(String name) {
        var fits = !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+' || c < 0x20 || Character.isWhitespace(c) || Character.isSpaceChar(c));
        if (!fits) throw new NotProven(Reason.MALFORMED, "key name", "no spaces, no plus", Text.shown(name));
        return name;
    }

    private static int id(String name, Kind kind, byte[] key) {
        var digest = Hash.sha256();
        digest.update(name.getBytes(UTF_8));
        digest.update((byte) '\n');
        digest.update(kind.type);
        return java.nio.ByteBuffer.wrap(digest.digest(key)).getInt();
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    int id() {
        return id;
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(id);
    }

    boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != 64) return false;
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new NotProven(Reason.MALFORMED, "verifier key " + name, "an Ed25519 public key", "32 other bytes");
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        var encoded = Arrays.copyOf(X509, X509.length + LENGTH);
        System.arraycopy(key, 0, encoded, X509.length, LENGTH);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** The same key under another name, for a log that the same hand signs. */
    public VerifierKey named(String other) {
        return new VerifierKey(checkedName(other), kind, key);
    }

    /** The same key in another role has another id, and so another vkey. */
    VerifierKey as(Kind other) {
        return new VerifierKey(name, other, key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        var material = new byte[1 + LENGTH];
        material[0] = kind.type;
        System.arraycopy(key, 0, material, 1, LENGTH);
        return name + "+" + hexId() + "+" + Text.base64(material);
    }
}
