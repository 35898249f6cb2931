package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address range in CIDR notation (RFC 4632, RFC 4291) with its host bits cleared; a single address is a full-length prefix. */
public record Network(Address base, int prefix) {
    public Network {
        int most = base.isIpv4() ? 32 : 128;
        if (prefix < 0 || prefix > most) throw new IllegalArgumentException("prefix length is not 0 to " + most);
        base = masked(base, prefix);
    }

    /**
     * Reads {@code address} or {@code address/prefix}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    @JsonCreator
    public static Network of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return of(Address.of(text));
        var length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")) throw new IllegalArgumentException("not a network");
        return new Network(Address.of(text.substring(0, slash)), Integer.parseInt(length));
    }

    public static Network of(Address address) {
        return new Network(address, address.isIpv4() ? 32 : 128);
    }

    /** What one sender has: an IPv4 address, and of IPv6 the /64, for whoever has one address there has them all. */
    public static Network ofSender(Address address) {
        return new Network(address, address.isIpv4() ? 32 : 64);
    }

    public boolean contains(Address address) {
        return address.isIpv4() == base.isIpv4() && masked(address, prefix).equals(base);
    }

    /** Whether the two ranges share an address. */
    public boolean overlaps(Network other) {
        return prefix <= other.prefix ? contains(other.base) : other.contains(base);
    }

    /** Whether this is one address and no range. */
    public boolean isSingle() {
        return prefix == (base.isIpv4() ? 32 : 128);
    }

    @JsonValue
    @Override
    public String toString() {
        return isSingle() ? base.text() : base.text() + "/" + prefix;
    }

    private static Address masked(Address address, int prefix) {
        var bytes = address.bytes();
        for (int bit = prefix; bit < bytes.length * 8; bit++) bytes[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        try {
            return Address.of(InetAddress.getByAddress(bytes).getHostAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
