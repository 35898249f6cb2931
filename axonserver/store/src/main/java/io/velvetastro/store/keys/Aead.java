package io.velvetastro.store.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a fresh random nonce before the ciphertext. Lent and reused: looking a cipher up costs more than using it. */
final class Aead {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Lent<Aead> LENT = new Lent<>(Aead::new);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cipher cipher;
    /** Nonces drawn ahead: the source of randomness is shared by all threads. */
    private final byte[] nonces = new byte[64 * NONCE_BYTES];

    private int used = nonces.length;

    private Aead() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    /** Which key it is, once the nonce is known. */
    interface KeyOfNonce {
        SecretKey of(byte[] nonce);
    }

    static byte[] seal(SecretKey key, byte[] boundTo, byte[] clear) {
        return seal(nonce -> key, boundTo, clear);
    }

    static byte[] seal(KeyOfNonce key, byte[] boundTo, byte[] clear) {
        return LENT.with(aead -> aead.sealed(key, boundTo, clear));
    }

    static Optional<byte[]> open(KeyOfNonce key, byte[] boundTo, byte[] sealed) {
        return sealed.length < NONCE_BYTES
                ? Optional.empty()
                : open(key.of(Arrays.copyOf(sealed, NONCE_BYTES)), boundTo, sealed);
    }

    static byte[] nonceOf(byte[] sealed) {
        return Arrays.copyOf(sealed, NONCE_BYTES);
    }

    /** What was sealed; empty when the key, what it is bound to, or a single bit is another. */
    static Optional<byte[]> open(SecretKey key, byte[] boundTo, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) return Optional.empty();
        return LENT.with(aead -> aead.opened(key, boundTo, sealed));
    }

    private byte[] sealed(KeyOfNonce key, byte[] boundTo, byte[] clear) {
        try {
            var nonce = nextNonce();
            cipher.init(Cipher.ENCRYPT_MODE, key.of(nonce), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(boundTo);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + clear.length + TAG_BITS / 8);
            cipher.doFinal(clear, 0, clear.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal", e);
        }
    }

    private Optional<byte[]> opened(SecretKey key, byte[] boundTo, byte[] sealed) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(boundTo);
            return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException notOurs) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot open", e);
        }
    }

    private byte[] nextNonce() {
        if (used == nonces.length) {
            RANDOM.nextBytes(nonces);
            used = 0;
        }
        var nonce = Arrays.copyOfRange(nonces, used, used + NONCE_BYTES);
        Arrays.fill(nonces, used, used + NONCE_BYTES, (byte) 0);
        used += NONCE_BYTES;
        return nonce;
    }
}
