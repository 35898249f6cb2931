package io.velvetastro.engines;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Makes ids from what they stand for, so that a replay makes the same ones. */
public final class Digest {
    private final MessageDigest digest;

    public Digest(String domain) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
        with(domain);
    }

    public Digest with(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip()); // Lengths first: "ab","c" is not "a","bc".
        digest.update(bytes);
        return this;
    }

    public Digest with(UUID id) {
        digest.update(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
        return this;
    }

    public Digest with(long number) {
        digest.update(ByteBuffer.allocate(8).putLong(number).flip());
        return this;
    }

    /** Twelve digits that stand for it where people read. */
    public String mark() {
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    /** The first 128 bits as a UUID of version 8 (RFC 9562). */
    public UUID id() {
        var bytes = ByteBuffer.wrap(digest.digest());
        return new UUID(bytes.getLong() & ~0xf000L | 0x8000L, bytes.getLong() & ~(3L << 62) | 2L << 62);
    }
}
