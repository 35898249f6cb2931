package io.velvetastro.decisions.push;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where an organisation wants its record: an address that the house can go to as far as its words tell. What a name leads to is seen at each connection. */
public record Receiver(URI url) {
    private static final int LONGEST = 2_000;
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

    /** @throws Unfit with words for whoever typed it */
    public static Receiver of(String text, Reachable reachable) {
        if (text.length() > LONGEST) throw new Unfit("has at most " + LONGEST + " characters");
        var url = parsed(text.strip());
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) throw new Unfit("must begin with https://");
        if (url.getRawUserInfo() != null) throw new Unfit("must hold no user name and no password");
        if (url.getRawFragment() != null) throw new Unfit("must not hold a #");
        var host = url.getHost();
        if (host == null || host.isEmpty()) throw new Unfit("must name a host");
        boolean isHere = isLoopback(host) && reachable.allowsLoopback();
        if (scheme.equals("http") && !isHere) throw new Unfit("must begin with https://");
        int port = port(url, scheme);
        if (!isHere && !reachable.ports().contains(port))
            throw new Unfit("must use port "
                    + reachable.ports().stream().map(String::valueOf).collect(Collectors.joining(" or ")));
        if (LITERAL.matcher(host).matches() && !reachable.allows(literal(host), port))
            throw new Unfit("must be an address on the open internet");
        return new Receiver(url);
    }

    /** As it may be shown: a query may hold what lets in. */
    public String shown() {
        var text = url.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?…";
    }

    private static URI parsed(String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null || url.getRawAuthority() == null) return url;
            // A name with letters beyond ASCII, which the JDK takes for none.
            return new URI(text.replace(url.getRawAuthority(), IDN.toASCII(url.getRawAuthority())));
        } catch (URISyntaxException | IllegalArgumentException none) {
            throw new Unfit("must be a web address, such as https://siem.example.org/velvet");
        }
    }

    private static int port(URI url, String scheme) {
        if (url.getPort() >= 0) return url.getPort();
        return scheme.equals("https") ? 443 : 80;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || LITERAL.matcher(host).matches() && literal(host).isLoopbackAddress();
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException none) {
            throw new Unfit("must name a host");
        }
    }

    @Override
    public String toString() {
        return "Receiver";
    }

    /** No address that the house goes to; the message says why. */
    public static final class Unfit extends IllegalArgumentException {
        Unfit(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
