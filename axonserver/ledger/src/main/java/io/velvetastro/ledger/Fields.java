package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes length-prefixed fields behind a domain tag, so that no two different records share their bytes. */
final class Fields {
    private byte[] bytes;
    private int length;

    Fields(String domain, int expectedLength) {
        bytes = new byte[expectedLength];
        raw(domain.getBytes(UTF_8));
    }

    Fields text(String value) {
        return blob(value.getBytes(UTF_8));
    }

    Fields number(long value) {
        return length(Long.BYTES).fixed(value, Long.BYTES);
    }

    Fields blob(byte[] value) {
        return length(value.length).raw(value);
    }

    Fields tag(char kind) {
        return fixed(kind, 1);
    }

    private Fields length(int value) {
        return fixed(value, Integer.BYTES);
    }

    private Fields fixed(long value, int width) {
        ensure(width);
        for (var shift = (width - 1) * 8; shift >= 0; shift -= 8) bytes[length++] = (byte) (value >>> shift);
        return this;
    }

    private Fields raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }

    byte[] toBytes() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }
}
