package io.velvetastro.views.web;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The place behind the last row of a page, as an opaque word. Its sum keeps a mangled or invented cursor from being taken for a place; it opens no door, since every page is asked for by organisation first.
 */
public record Cursor(Instant at, UUID id) {
    private static final int BYTES = 8 + 16 + 4;

    @Override
    public String toString() {
        var bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        bytes.putInt(sum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws Unreadable when it is none of ours */
    public static @Nullable Cursor of(@Nullable String text) {
        if (text == null) return null;
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.capacity() == BYTES && bytes.getInt(24) == sum(bytes.array()))
                return new Cursor(
                        Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                        new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException mangled) {
            throw new Unreadable("cursor", "is not one that this list gave out");
        }
        throw new Unreadable("cursor", "is not one that this list gave out");
    }

    public OffsetDateTime column() {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static int sum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes, 0, 24);
        return (int) sum.getValue();
    }
}
