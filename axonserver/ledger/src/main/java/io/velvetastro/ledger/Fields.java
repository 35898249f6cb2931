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

    Fields blob(byte[] source, int from, int to) {
        int width = to - from;
        length(width).ensure(width);
        System.arraycopy(source, from, bytes, length, width);
        length += width;
        return this;
    }

    /** Begins a field whose length is known only at its end. */
    int begin() {
        length(0);
        return length;
    }

    void end(int begun) {
        int value = length - begun;
        for (var i = 1; i <= Integer.BYTES; i++) bytes[begun - i] = (byte) (value >>> (i - 1) * 8);
    }

    /** Begins anew in the same bytes. */
    Fields again(byte first) {
        length = 0;
        ensure(1);
        bytes[length++] = first;
        return this;
    }

    /** What is written so far; for whoever reads it before anything more is. */
    byte[] written() {
        return bytes;
    }

    int length() {
        return length;
    }

    Fields ascii(byte[] domain) {
        return raw(domain);
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
