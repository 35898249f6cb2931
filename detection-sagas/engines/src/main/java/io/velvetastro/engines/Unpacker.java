package io.velvetastro.engines;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads what a {@link Packer} wrote, in the same order. */
public final class Unpacker {
    private final byte[] buffer;
    private int at;

    public Unpacker(byte[] buffer) {
        this.buffer = buffer;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = buffer[at++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) return value >>> 1 ^ -(value & 1);
        }
    }

    public int count() {
        return Math.toIntExact(number());
    }

    public boolean flag() {
        return number() != 0;
    }

    public UUID id() {
        return new UUID(whole(), whole());
    }

    public String text() {
        int length = count();
        var value = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    private long whole() {
        long value = 0;
        for (int i = 0; i < 8; i++) value = value << 8 | buffer[at++] & 0xff;
        return value;
    }
}
