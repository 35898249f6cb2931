package io.velvetastro.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address in its one canonical spelling; an IPv4-mapped IPv6 address is the IPv4 address it maps. */
public record Address(@JsonValue String text) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0\\d");

    public Address {
        text = canonical(text);
    }

    /**
     * Reads a literal address; never asks a name server.
     *
     * @throws IllegalArgumentException when the text is no address literal
     */
    @JsonCreator
    public static Address of(String text) {
        return new Address(text);
    }

    public byte[] bytes() {
        return InetAddress.ofLiteral(text).getAddress();
    }

    public boolean isIpv4() {
        return text.indexOf(':') < 0;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String canonical(String text) {
        if (text.length() > 45 || text.indexOf('%') >= 0) throw new IllegalArgumentException("not an address");
        var ipv4 = IPV4.matcher(text).matches();
        // Octal-looking octets are read differently by different tools; refusing them keeps one meaning.
        if (ipv4 ? LEADING_ZERO.matcher(text).find() : text.indexOf(':') < 0)
            throw new IllegalArgumentException("not an address");
        var address = InetAddress.ofLiteral(text);
        return address instanceof Inet4Address ? address.getHostAddress() : compressed(address.getAddress());
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as "::". */
    private static String compressed(byte[] bytes) {
        var groups = new int[8];
        for (int i = 0; i < 8; i++) groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int j = i;
            while (j < 8 && groups[j] == 0) j++;
            if (j - i > bestLength) {
                bestStart = i;
                bestLength = j - i;
            }
            if (j > i) i = j;
        }
        var out = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') out.append(':');
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
