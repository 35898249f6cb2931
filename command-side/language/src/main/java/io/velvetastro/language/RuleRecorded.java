package io.velvetastro.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * The text of a rule as it was loaded when it first judged something of this organisation. Findings name it by its SHA-256; because it is an event, evidence can show it long after the rule has changed.
 *
 * @param text the file, or of alerts the files, as read
 */
@Revision("1")
public record RuleRecorded(TenantId tenant, String rule, int version, String text) {

    /** Names the event in which the text with this hash stands, so that one organisation has each text once. */
    public static EventId idOf(TenantId tenant, String sha256) {
        var bytes = ByteBuffer.wrap(digest("velvetastro.io/rule@v1\n" + tenant + "\n" + sha256));
        return new EventId(
                new UUID(bytes.getLong() & ~0xf000L | 0x8000L, bytes.getLong() & ~(3L << 62) | 2L << 62)); // Version 8.
    }

    /** The hash by which findings name a text, in hexadecimal. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(digest(text));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
