package io.velvetastro.rooms;

import io.velvetastro.faults.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Orders that must not be carried out, and the words in which a house says so. */
final class Refusals {
    private static final String NOT_THIS_ONE = """
            {"action":"block","network":"%s","ttlSeconds":%d,"reason":"not this one"}""";

    private Refusals() {}

    /** Status and problem of each, without the address it was sent to. */
    static List<String> of(Client orders) {
        var unknown = "/api/v1/incidents/" + new UUID(1, 1);
        return List.of(
                said(orders, "/api/v1/defense/rules", NOT_THIS_ONE.formatted("10.0.0.1/32", 3600)),
                said(orders, "/api/v1/defense/rules", NOT_THIS_ONE.formatted("203.0.0.0/8", 3600)),
                said(orders, "/api/v1/defense/rules", NOT_THIS_ONE.formatted("203.0.113.77", 1)),
                said(orders, "/api/v1/defense/rules", NOT_THIS_ONE.formatted("nowhere", 3600)),
                said(orders, unknown + "/comment", "{\"text\":\"nobody reads this\"}"),
                said(orders, unknown + "/resolve", "{\"disposition\":\"TRUE_POSITIVE\"}"));
    }

    private static String said(Client orders, String path, String body) {
        var said = orders.tried(path, "application/json", body);
        var problem = (ObjectNode) said.json();
        problem.remove(new ArrayList<>(List.of("instance", "traceId")));
        return said.status() + " " + problem;
    }
}
