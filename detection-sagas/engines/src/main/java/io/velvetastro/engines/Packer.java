package io.velvetastro.engines;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Writes what an engine remembers in few bytes: a million accounts must fit. */
public final class Packer {
    private byte[] buffer = new byte[96];
    private int size;

    /** A number of no more bytes than it needs; negative ones cost a little more. */
    public Packer number(long value) {
        long left = value << 1 ^ value >> 63;
        room(10);
        while ((left & ~0x7fL) != 0) {
            buffer[size++] = (byte) (left & 0x7f | 0x80);
            left >>>= 7;
        }
        buffer[size++] = (byte) left;
        return this;
    }

    public Packer flag(boolean value) {
        return number(value ? 1 : 0);
    }

    public Packer id(UUID value) {
        room(16);
        whole(value.getMostSignificantBits());
        whole(value.getLeastSignificantBits());
        return this;
    }

    public Packer text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    public byte[] bytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void whole(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) buffer[size++] = (byte) (value >>> shift);
    }

    private void room(int bytes) {
        if (size + bytes > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
    }
}
