package io.velvetastro.store.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is to be hashed, put together in a buffer that is used again: hashing one piece costs less than hashing many small ones. */
final class Piece {
    private ByteBuffer bytes = ByteBuffer.allocate(1024);

    /** Begins anew with what keeps hashes of one purpose apart from those of another. */
    Piece begin(byte[] domain) {
        bytes.clear();
        return add(domain);
    }

    Piece add(byte[] more) {
        room(more.length).put(more);
        return this;
    }

    Piece add(byte one) {
        room(Byte.BYTES).put(one);
        return this;
    }

    Piece add(long number) {
        room(Long.BYTES).putLong(number);
        return this;
    }

    /** Its length before it: no two lists of fields are the same bytes. */
    Piece field(byte[] more) {
        room(Integer.BYTES + more.length).putInt(more.length).put(more);
        return this;
    }

    /** Absent is not the same as empty. */
    Piece field(@Nullable String text) {
        return text == null ? add((byte) 0) : add((byte) 1).field(text.getBytes(UTF_8));
    }

    byte[] array() {
        return bytes.array();
    }

    int length() {
        return bytes.position();
    }

    private ByteBuffer room(int wanted) {
        if (bytes.remaining() < wanted)
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + wanted))
                    .put(bytes.flip());
        return bytes;
    }
}
