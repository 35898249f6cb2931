package io.velvetastro.faults;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sign-ins as an identity provider reports them, with ids of their own so that sending them again is no news. */
public final class Logins {
    private Logins() {}

    static String login(String uid, String user, String address, Instant at, boolean succeeded) {
        return """
                {"class_uid":3002,"category_uid":3,"activity_id":1,"type_uid":300201,"severity_id":1,"time":%d,"status_id":%d,\
                "metadata":{"version":"1.4.0","uid":"%s","product":{"name":"Faults"}},"user":{"name":"%s"},\
                "src_endpoint":{"ip":"%s"},"dst_endpoint":{"hostname":"portal"}}""".formatted(at.toEpochMilli(), succeeded ? 1 : 2, uid, user, address);
    }

    /** Many people at work, each from an address of their own. */
    public static String calm(String name, int count) {
        var now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    int person = Math.floorMod(name.hashCode() + i * 7919, 5_000);
                    return login(
                            name + "-" + i,
                            "person" + person,
                            "100." + (64 + person % 60) + "." + person / 250 + "." + (1 + person % 250),
                            now.minusMillis(count - i),
                            true);
                })
                .collect(Collectors.joining("\n"));
    }

    /** The smallest attack: five failures and a success. */
    public static String attack(String user, String address) {
        return attack(user, address, Instant.now().minusSeconds(1));
    }

    static String attack(String user, String address, Instant end) {
        return IntStream.range(0, 6)
                .mapToObj(i -> login(
                        "attack-" + user + "-" + address + "-" + i,
                        user,
                        address,
                        end.minusSeconds(5L * (5 - i)),
                        i == 5))
                .collect(Collectors.joining("\n"));
    }
}
