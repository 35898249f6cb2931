package io.velvetastro.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 hash in a Merkle tree: of a leaf, or of two nodes below it. RFC 9162 §2.1.1. */
public final class Hash {
    public static final int LENGTH = 32;
    /** The root of a tree without leaves. */
    public static final Hash EMPTY = new Hash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash::sha256);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Hash of(byte[] bytes) {
        return at(bytes, 0, bytes.length);
    }

    /** The hash that lies in a larger array, such as a tile. */
    public static Hash at(byte[] bytes, int from, int length) {
        if (length != LENGTH) {
            throw new NotProven(NotProven.Reason.MALFORMED, "a hash", LENGTH + " bytes", length + " bytes");
        }
        return new Hash(Arrays.copyOfRange(bytes, from, from + LENGTH));
    }

    public static Hash parse(String base64) {
        return of(Text.base64(base64, "a hash"));
    }

    /** The hash of a leaf with this content. */
    public static Hash leaf(byte[] content) {
        var digest = DIGEST.get();
        digest.update(LEAF);
        return new Hash(digest.digest(content));
    }

    public static Hash node(Hash left, Hash right) {
        var digest = DIGEST.get();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, LENGTH);
    }

    public String base64() {
        return Text.base64(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
