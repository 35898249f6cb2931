package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET =
            "12345678901234567890".getBytes(StandardCharsets.US_ASCII); // RFC 6238, appendix B

    @ParameterizedTest
    @CsvSource({
        "59,287082",
        "1111111109,081804",
        "1111111111,050471",
        "1234567890,005924",
        "2000000000,279037",
        "20000000000,353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    /** All eighteen values of RFC 6238, appendix B, from the library that makes ours. */
    @ParameterizedTest
    @CsvSource({
        "59,94287082,46119246,90693936",
        "1111111109,07081804,68084774,25091201",
        "1111111111,14050471,67062674,99943326",
        "1234567890,89005924,91819424,93441116",
        "2000000000,69279037,90698825,38618901",
        "20000000000,65353130,77737706,47863826"
    })
    void theLibraryKnowsEveryValueOfTheStandard(long second, String sha1, String sha256, String sha512)
            throws InvalidKeyException {
        assertThat(eightDigits(second, "HmacSHA1", 20)).isEqualTo(sha1);
        assertThat(eightDigits(second, "HmacSHA256", 32)).isEqualTo(sha256);
        assertThat(eightDigits(second, "HmacSHA512", 64)).isEqualTo(sha512);
    }

    private static String eightDigits(long second, String algorithm, int secretBytes) throws InvalidKeyException {
        var secret = "1234567890".repeat(7).substring(0, secretBytes).getBytes(StandardCharsets.US_ASCII);
        var codes = new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(30), 8, algorithm);
        return codes.generateOneTimePasswordString(
                new SecretKeySpec(secret, algorithm), Instant.ofEpochSecond(second), Locale.ROOT);
    }

    @Test
    void aClockMayBeOneStepOffAndNotTwo() {
        var now = Instant.ofEpochSecond(1234567890);
        for (int off : new int[] {-30, 0, 30})
            assertThat(Totp.step(SECRET, Totp.code(SECRET, now.plusSeconds(off)), now, 0))
                    .isPresent();
        for (int off : new int[] {-60, 60})
            assertThat(Totp.step(SECRET, Totp.code(SECRET, now.plusSeconds(off)), now, 0))
                    .isEmpty();
    }

    @Test
    void aStepThatWasUsedIsNotTakenAgainNorOneBeforeIt() {
        var now = Instant.ofEpochSecond(1234567890);
        long step = Totp.step(SECRET, Totp.code(SECRET, now), now, 0).orElseThrow();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now), now, step)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now.minusSeconds(30)), now, step))
                .isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now.plusSeconds(30)), now, step))
                .hasValue(step + 1);
    }

    @ParameterizedTest
    @CsvSource({"f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void base32IsThatOfTheStandard(String text, String letters) {
        assertThat(Base32.of(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(letters);
    }

    @Test
    void thePictureSaysWhatTheUriSays() {
        var enrolment = Totp.enrolment(SECRET, "grace@example.org");
        assertThat(enrolment.uri())
                .isEqualTo("otpauth://totp/Velvet%20Astro:grace%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Velvet%20Astro&algorithm=SHA1&digits=6&period=30");
        assertThat(enrolment.qrSize()).isGreaterThan(30);
        assertThat(enrolment.qr()).startsWith("M0,0h1v1h-1z"); // The corner of its finder pattern.
        assertThat(enrolment.toString()).doesNotContain("GEZD");
    }
}
