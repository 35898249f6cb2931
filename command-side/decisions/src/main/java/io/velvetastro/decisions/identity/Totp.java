package io.velvetastro.decisions.identity;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import io.nayuki.qrcodegen.QrCode;
import io.velvetastro.questions.OwnAccount.Enrolment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time codes (RFC 6238) as every authenticator app makes them: SHA-1, six digits, thirty seconds. */
final class Totp {
    private static final String ISSUER = "Velvet Astro";
    private static final int SECRET_BYTES = 20;
    private static final int STEP_SECONDS = 30;
    /** So many steps a phone's clock may be off, either way. */
    private static final int DRIFT = 1;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HmacOneTimePasswordGenerator CODES = new HmacOneTimePasswordGenerator();

    private Totp() {}

    static byte[] freshSecret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** The step whose code this is: near now, and after the last that was used. */
    static OptionalLong step(byte[] secret, String code, Instant now, long lastUsed) {
        var current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        for (long step = Math.max(current - DRIFT, lastUsed + 1); step <= current + DRIFT; step++)
            if (MessageDigest.isEqual(
                    codeAt(secret, step).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8)))
                return OptionalLong.of(step);
        return OptionalLong.empty();
    }

    static String code(byte[] secret, Instant at) {
        return codeAt(secret, Math.floorDiv(at.getEpochSecond(), STEP_SECONDS));
    }

    private static String codeAt(byte[] secret, long step) {
        try {
            return CODES.generateOneTimePasswordString(
                    new SecretKeySpec(secret, "HmacSHA1"), step, java.util.Locale.ROOT);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException("every secret of ours is a key", impossible);
        }
    }

    static Enrolment enrolment(byte[] secret, String account) {
        var text = Base32.of(secret);
        var uri = "otpauth://totp/" + encoded(ISSUER) + ":" + encoded(account) + "?secret=" + text + "&issuer="
                + encoded(ISSUER) + "&algorithm=SHA1&digits=6&period=" + STEP_SECONDS;
        var picture = QrCode.encodeText(uri, QrCode.Ecc.MEDIUM);
        return new Enrolment(text, uri, path(picture), picture.size);
    }

    private static String path(QrCode picture) {
        var path = new StringBuilder();
        for (int y = 0; y < picture.size; y++)
            for (int x = 0; x < picture.size; x++)
                if (picture.getModule(x, y)) path.append("M%d,%dh1v1h-1z".formatted(x, y));
        return path.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
