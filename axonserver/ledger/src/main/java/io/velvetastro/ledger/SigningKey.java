package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import io.velvetastro.ledger.VerifierKey.Kind;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A log's or witness's secret. Its text form is two lines, the secret in the form of Go's {@code note} package and the verifier key, and belongs in a file that no database, backup or image contains.
 */
public final class SigningKey {
    private static final String SECRET = "PRIVATE+KEY+";

    private final VerifierKey verifier;
    private final PrivateKey secret;
    private final byte[] seed;

    private SigningKey(VerifierKey verifier, PrivateKey secret, byte[] seed) {
        this.verifier = verifier;
        this.secret = secret;
        this.seed = seed;
    }

    public static SigningKey generate(String name, Kind kind) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            var encoded = pair.getPublic().getEncoded();
            var key = Arrays.copyOfRange(encoded, encoded.length - VerifierKey.LENGTH, encoded.length);
            return new SigningKey(VerifierKey.of(name, kind, key), pair.getPrivate(), seed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has Ed25519", impossible);
        }
    }

    /** Reads the text form and proves that the two halves belong together. */
    public static SigningKey parse(String text) {
        var lines = text.lines().toList();
        if (lines.size() != 2) throw unreadable("two lines: secret and verifier key", lines.size() + " lines");
        var verifier = VerifierKey.parse(lines.get(1));
        var material = secretOf(lines.getFirst(), verifier);
        var seed = Arrays.copyOfRange(material, 1, material.length);
        try {
            var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
            var key = new SigningKey(verifier, KeyFactory.getInstance("Ed25519").generatePrivate(spec), seed);
            var sample = new byte[] {1};
            if (verifier.verifies(sample, key.sign(sample))) return key;
        } catch (GeneralSecurityException unusable) {
            throw unreadable("an Ed25519 secret", "something else");
        }
        throw unreadable("a secret that fits its verifier key", "one that does not");
    }

    private static byte[] secretOf(String line, VerifierKey verifier) {
        var vkey = verifier.toString();
        var prefix =
                SECRET + vkey.substring(0, vkey.indexOf('+', verifier.name().length() + 1) + 1);
        if (!line.startsWith(prefix)) throw unreadable("the secret of " + verifier.name(), "another line");
        var material = Text.base64(line.substring(prefix.length()), "signing key");
        if (material.length != 1 + VerifierKey.LENGTH || material[0] != verifier.kind().type) {
            throw unreadable("an Ed25519 secret", "something else");
        }
        return material;
    }

    /** Never shows a word of the secret. */
    private static NotProven unreadable(String expected, String found) {
        return new NotProven(Reason.MALFORMED, "signing key", expected, found);
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** The same secret under another name, for another log that it signs. */
    public SigningKey named(String other) {
        return new SigningKey(verifier.named(other), secret, seed);
    }

    byte[] sign(byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("An Ed25519 key signs", impossible);
        }
    }

    /** The text to keep in a file. */
    public String secretText() {
        var material = new byte[1 + seed.length];
        material[0] = verifier.kind().type;
        System.arraycopy(seed, 0, material, 1, seed.length);
        var vkey = verifier.toString();
        var head = vkey.substring(0, vkey.indexOf('+', verifier.name().length() + 1) + 1);
        return SECRET + head + Text.base64(material) + "\n" + vkey + "\n";
    }

    @Override
    public String toString() {
        return "SigningKey[" + verifier.name() + "]";
    }
}
