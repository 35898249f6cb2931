package io.velvetastro.decisions.identity;

import io.velvetastro.language.MemberId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Secrets that must be read again, for a code is computed from them: sealed for one member under a key that is not in the database. */
final class SealedSecrets {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    SealedSecrets(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] seal(MemberId member, byte[] secret) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var sealed = worked(Cipher.ENCRYPT_MODE, member, nonce, secret);
        var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return whole;
    }

    byte[] open(MemberId member, byte[] whole) {
        return worked(
                Cipher.DECRYPT_MODE,
                member,
                Arrays.copyOf(whole, NONCE),
                Arrays.copyOfRange(whole, NONCE, whole.length));
    }

    private byte[] worked(int mode, MemberId member, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(member.toString()
                    .getBytes(StandardCharsets.UTF_8)); // Moved to another member's row it does not open.
            return cipher.doFinal(text);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("A member's secret does not open with this house's key", broken);
        }
    }
}
