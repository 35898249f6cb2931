package io.velvetastro.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Valid, truncated, padded, malleable and badly encoded Ed25519 signatures (C2SP/wycheproof, testvectors_v1/ed25519_test.json). */
class PublishedSignaturesTest {
    private static final byte[] KEY =
            HexFormat.of().parseHex("7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa");

    private record Vector(int id, String message, String signature, boolean valid) {}

    private static final List<Vector> VECTORS = List.of(
            new Vector(
                    1,
                    "",
                    "d4fbdb52bfa726b44d1786a8c0d171c3e62ca83c9e5bbe63de0bb2483f8fd6cc1429ab72cafc41ab56af02ff8fcc43b99bfe4c7ae940f60f38ebaa9d311c4007",
                    true),
            new Vector(
                    2,
                    "78",
                    "d80737358ede548acb173ef7e0399f83392fe8125b2ce877de7975d8b726ef5b1e76632280ee38afad12125ea44b961bf92f1178c9fa819d020869975bcbe109",
                    true),
            new Vector(
                    3,
                    "54657374",
                    "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946b30d",
                    true),
            new Vector(
                    10,
                    "3f",
                    "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                    false),
            new Vector(
                    12,
                    "3f",
                    "0000000000000000000000000000000000000000000000000000000000000000ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
                    false),
            new Vector(
                    16,
                    "3f",
                    "01000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000000000000000000000000000000000",
                    false),
            new Vector(
                    24,
                    "3f",
                    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    false),
            new Vector(30, "54657374", "", false),
            new Vector(
                    32,
                    "54657374",
                    "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946",
                    false),
            new Vector(
                    33,
                    "54657374",
                    "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946b30d2020",
                    false),
            new Vector(
                    37,
                    "54657374",
                    "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946b30d00",
                    false),
            new Vector(
                    42,
                    "313233343030",
                    "647c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2b1d125e5538f38afbcc1c84e489521083041d24bc6240767029da063271a1ff0c",
                    false),
            new Vector(
                    59,
                    "313233343030",
                    "657c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281cab227aedf259f910f0f3a759a335062665217925d019173b88917eae294f75d40f",
                    false),
            new Vector(
                    60,
                    "313233343030",
                    "0000000000000000000000000000000000000000000000000000000000000000e0b8e7770d51c7a36375d006c5bffd6af43ff54aaf47e4330dc118c71d61ec02",
                    false),
            new Vector(
                    61,
                    "313233343030",
                    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff463a1908382e7eb7693acef9884f7cf931a215e0791876be22c631a59881fd0e",
                    false),
            new Vector(
                    63,
                    "54657374",
                    "7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab067654bce3832c2d76f8f6f5dafc08d9339d4eef676573336a5c51eb6f946b31d",
                    false));

    @TestFactory
    List<DynamicTest> exactlyTheValidSignaturesVerify() {
        var key = VerifierKey.of("wycheproof", VerifierKey.Kind.LOG, KEY);
        return VECTORS.stream()
                .map(vector -> DynamicTest.dynamicTest(
                        "vector " + vector.id(),
                        () -> assertThat(key.verifies(hex(vector.message()), hex(vector.signature())))
                                .isEqualTo(vector.valid())))
                .toList();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
