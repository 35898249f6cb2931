package io.velvetastro.journeys;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The smallest attack there is: five failures and a success. */
final class SixEvents {
    private SixEvents() {}

    /** As NDJSON, within the last half minute; the same user and address give the same ids. */
    static String ofAnAttack(String user, String address) {
        var end = Instant.now().minusSeconds(1);
        return IntStream.range(0, 6)
                .mapToObj(i -> signIn(
                        user, address, end.minusSeconds(5L * (5 - i)), i == 5, "six-" + user + "-" + address + "-" + i))
                .collect(Collectors.joining("\n"));
    }

    /** One sign-in that succeeds. */
    static String success(String user, String address, Instant at) {
        return signIn(user, address, at, true, UUID.randomUUID().toString());
    }

    private static String signIn(String user, String address, Instant at, boolean succeeded, String uid) {
        return """
                {"class_uid":3002,"category_uid":3,"activity_id":1,"type_uid":300201,"severity_id":1,"time":%d,"status_id":%d,\
                "metadata":{"version":"1.4.0","uid":"%s","product":{"name":"Journey"}},"user":{"name":"%s"},\
                "src_endpoint":{"ip":"%s"},"dst_endpoint":{"hostname":"portal"}}""".formatted(at.toEpochMilli(), succeeded ? 1 : 2, uid, user, address);
    }
}
