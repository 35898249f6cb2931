package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
