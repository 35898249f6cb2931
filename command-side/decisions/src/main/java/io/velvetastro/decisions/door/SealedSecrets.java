package io.velvetastro.decisions.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Secrets that must be read again, for something is computed from them or they are sent: sealed for one owner under a key that is not in the database. */
public final class SealedSecrets {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    public SealedSecrets(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    public byte[] seal(Object owner, byte[] secret) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var sealed = worked(Cipher.ENCRYPT_MODE, owner, nonce, secret);
        var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return whole;
    }

    public byte[] open(Object owner, byte[] whole) {
        return worked(
                Cipher.DECRYPT_MODE,
                owner,
                Arrays.copyOf(whole, NONCE),
                Arrays.copyOfRange(whole, NONCE, whole.length));
    }

    private byte[] worked(int mode, Object owner, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(
                    owner.toString().getBytes(StandardCharsets.UTF_8)); // Moved to another's row it does not open.
            return cipher.doFinal(text);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("A secret does not open with this house's key", broken);
        }
    }
}
