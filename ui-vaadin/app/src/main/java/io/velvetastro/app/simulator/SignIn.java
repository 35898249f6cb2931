package io.velvetastro.app.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One simulated attempt to sign in, ready to be told as OCSF. The {@code uid} is the same for the same seed and moment, so that sending twice stores once. */
public record SignIn(Instant at, String uid, String user, String address, String agent, String host, Outcome outcome) {
    private static final JsonMapper JSON = JsonMapper.shared();
    static final String PRODUCT = "Velvet Astro Simulator";

    /** How the attempt ended. */
    public enum Outcome {
        SUCCESS(1, "Success", ""),
        WRONG_PASSWORD(2, "Failure", "Invalid password"),
        UNKNOWN_ACCOUNT(2, "Failure", "Unknown account");

        private final int statusId;
        private final String status;
        private final String detail;

        Outcome(int statusId, String status, String detail) {
            this.statusId = statusId;
            this.status = status;
            this.detail = detail;
        }
    }

    /** The OCSF 1.x Authentication event (class 3002), in one line. */
    public String toOcsf() {
        var event = new LinkedHashMap<String, Object>();
        event.put("class_uid", 3002);
        event.put("category_uid", 3);
        event.put("activity_id", 1);
        event.put("type_uid", 300201);
        event.put("severity_id", 1);
        event.put("time", at.toEpochMilli());
        event.put("status_id", outcome.statusId);
        event.put("status", outcome.status);
        if (!outcome.detail.isEmpty()) event.put("status_detail", outcome.detail);
        event.put(
                "metadata",
                Map.of(
                        "version",
                        "1.4.0",
                        "uid",
                        uid,
                        "labels",
                        List.of("simulated"),
                        "product",
                        Map.of("name", PRODUCT, "vendor_name", "Velvet Astro")));
        event.put("user", Map.of("name", user, "type_id", 1));
        event.put("src_endpoint", Map.of("ip", address));
        event.put("dst_endpoint", Map.of("hostname", host));
        event.put("service", Map.of("name", host));
        event.put("http_request", Map.of("user_agent", agent));
        event.put("auth_protocol_id", 99);
        event.put("auth_protocol", "Password");
        return JSON.writeValueAsString(event);
    }
}
