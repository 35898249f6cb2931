package io.velvetastro.decisions.telemetry;

import com.fasterxml.jackson.core.JsonToken;
import io.velvetastro.language.Address;
import io.velvetastro.language.Device;
import io.velvetastro.language.Severity;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OCSF 1.x: Authentication (3002) becomes logins, Detection Finding (2004) alerts; other classes are valid and say nothing we keep. */
final class Ocsf extends Json {
    private static final Set<String> NAMES = Set.of(
            "class_uid",
            "activity_id",
            "type_uid",
            "status_id",
            "severity_id",
            "time",
            "time_dt",
            "status",
            "status_detail",
            "message",
            "metadata",
            "user",
            "actor",
            "src_endpoint",
            "dst_endpoint",
            "device",
            "http_request",
            "service",
            "auth_protocol",
            "is_mfa",
            "finding_info",
            "evidences",
            "uid",
            "product",
            "labels",
            "name",
            "email_addr",
            "ip",
            "hostname",
            "type",
            "os",
            "title",
            "user_agent");

    private static final long AUTHENTICATION = 3002;
    private static final long DETECTION_FINDING = 2004;
    private static final long LOGON = 1;

    private final String realm;
    private final Limits limits;
    private final Addresses addresses;

    private @Nullable Long classUid;
    private @Nullable Long activity;
    private @Nullable Long typeUid;
    private @Nullable Long statusId;
    private @Nullable Long severityId;
    private @Nullable Long time;
    private @Nullable String timeText;
    private @Nullable String status;
    private @Nullable String statusDetail;
    private @Nullable String message;
    private @Nullable String title;
    private @Nullable String findingUid;
    private @Nullable String uid;
    private @Nullable String product;
    private boolean simulated;
    private boolean mfa;
    private @Nullable String protocol;
    private @Nullable String service;
    private @Nullable String userName;
    private @Nullable String userEmail;
    private @Nullable String userUid;
    private @Nullable String userAgent;
    private @Nullable Address source;
    private @Nullable Address target;
    private @Nullable Address deviceAddress;
    private @Nullable String targetHost;
    private @Nullable String deviceHost;
    private @Nullable String deviceType;
    private @Nullable String deviceOs;

    Ocsf(String realm, Limits limits, Addresses addresses) {
        super(NAMES);
        this.realm = realm;
        this.limits = limits;
        this.addresses = addresses;
    }

    @Override
    void object() throws IOException {
        forget();
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "class_uid" -> classUid = whole("class_uid");
                case "activity_id" -> activity = whole("activity_id");
                case "type_uid" -> typeUid = whole("type_uid");
                case "status_id" -> statusId = whole("status_id");
                case "severity_id" -> severityId = whole("severity_id");
                case "time" -> time = whole("time");
                case "time_dt" -> timeText = text("time_dt", 40);
                case "status" -> status = text("status", Limits.SHORT_TEXT);
                case "status_detail" -> statusDetail = beginning("status_detail", Limits.SHORT_TEXT);
                case "message" -> message = beginning("message", Limits.NAME);
                case "metadata" -> metadata();
                case "user" -> user("user");
                case "actor" -> actor("actor");
                case "src_endpoint" -> source = endpoint("src_endpoint");
                case "dst_endpoint" -> target = target("dst_endpoint");
                case "device" -> device();
                case "http_request" -> httpRequest();
                case "service" -> service();
                case "auth_protocol" -> protocol = text("auth_protocol", Limits.SHORT_TEXT);
                case "is_mfa" -> mfa = truth("is_mfa");
                case "finding_info" -> findingInfo();
                case "evidences" -> evidences();
                default -> skip();
            }
        }
    }

    @Override
    Parsed parsed() {
        long kind = kind();
        if (kind == AUTHENTICATION) return login();
        if (kind == DETECTION_FINDING) return alert();
        return Parsed.Nothing.IT;
    }

    private long kind() {
        if (classUid != null) {
            if (classUid < 0) throw new BadField("class_uid", "is negative");
            return classUid;
        }
        if (typeUid == null) throw new BadField("class_uid", "is missing");
        return typeUid / 100;
    }

    private Parsed login() {
        if (activity == null && typeUid != null) activity = typeUid % 100;
        if (activity == null) throw new BadField("activity_id", "is missing");
        if (activity != LOGON) return Parsed.Nothing.IT;
        var outcome = outcome();
        if (outcome == null) return Parsed.Nothing.IT;
        var user = userName != null ? userName : userEmail != null ? userEmail : userUid;
        if (user == null) throw new BadField("user", "has no name, email_addr or uid");
        return new Parsed.Login(
                time(),
                outcome,
                realm(),
                uid,
                realm(),
                user,
                source,
                service,
                method(),
                targetHost,
                outcome ? null : Cause.of(statusDetail),
                userAgent,
                userAgent == null ? claimedDevice() : null,
                null,
                simulated);
    }

    /** Success, failure, or null for an attempt whose end the source does not tell. */
    private @Nullable Boolean outcome() {
        if (statusId != null) {
            if (statusId == 1) return true;
            if (statusId == 2) return false;
            if (statusId == 0 || statusId == 99) return null;
            throw new BadField("status_id", "is none of 0, 1, 2, 99");
        }
        if (status == null) throw new BadField("status_id", "is missing");
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "success" -> true;
            case "failure" -> false;
            default -> null;
        };
    }

    private Parsed alert() {
        var name = title != null ? title : message;
        if (name == null) throw new BadField("finding_info.title", "is missing");
        return new Parsed.Alert(
                time(),
                realm(),
                uid != null ? uid : findingUid,
                realm(),
                name,
                severity(),
                source,
                target != null ? target : deviceAddress,
                userName != null ? userName : userEmail != null ? userEmail : userUid,
                deviceHost != null ? deviceHost : targetHost,
                null,
                simulated);
    }

    private @Nullable Severity severity() {
        if (severityId == null) return null;
        return switch (severityId.intValue()) {
            case 1 -> Severity.INFO;
            case 2 -> Severity.LOW;
            case 3 -> Severity.MEDIUM;
            case 4 -> Severity.HIGH;
            case 5, 6 -> Severity.CRITICAL;
            default -> null;
        };
    }

    private Instant time() {
        if (time != null) {
            if (time < 0) throw new BadField("time", "is negative");
            if (time < 100_000_000_000L)
                throw new BadField("time", "is before 1990; it counts milliseconds, not seconds");
            // Beyond what an Instant holds is beyond any clock too.
            return limits.time("time", Instant.ofEpochMilli(time));
        }
        if (timeText == null) throw new BadField("time", "is missing");
        return limits.time("time_dt", Times.iso("time_dt", timeText, ZoneOffset.UTC));
    }

    private String realm() {
        return product != null ? product : realm;
    }

    private @Nullable String method() {
        if (protocol == null) return mfa ? "mfa" : null;
        return protocol.toLowerCase(Locale.ROOT) + (mfa ? "+mfa" : "");
    }

    private @Nullable Device claimedDevice() {
        return deviceOs == null && deviceType == null ? null : new Device(null, deviceOs, deviceType);
    }

    private void metadata() throws IOException {
        if (!enters("metadata")) return;
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "uid" -> uid = text("metadata.uid", Limits.UID);
                case "product" -> product();
                case "labels" -> labels();
                default -> skip();
            }
        }
    }

    private void product() throws IOException {
        if (!enters("metadata.product")) return;
        for (String name; (name = member()) != null; ) {
            if (name.equals("name")) product = text("metadata.product.name", Limits.SHORT_TEXT);
            else skip();
        }
    }

    private void labels() throws IOException {
        if (!entersArray("metadata.labels")) return;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING)
                simulated |= json.getText().equals("simulated");
            else skip();
        }
    }

    private void actor(String path) throws IOException {
        if (!enters(path)) return;
        for (String name; (name = member()) != null; ) {
            // Who is signing in stands in "user"; the actor speaks only where a finding names nobody else.
            if (name.equals("user") && userName == null && userEmail == null && userUid == null) user(path + ".user");
            else skip();
        }
    }

    private void user(String path) throws IOException {
        if (!enters(path)) return;
        userName = null;
        userEmail = null;
        userUid = null;
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "name" -> userName = text(path + ".name", Limits.USER);
                case "email_addr" -> userEmail = text(path + ".email_addr", Limits.USER);
                case "uid" -> userUid = text(path + ".uid", Limits.USER);
                default -> skip();
            }
        }
    }

    private @Nullable Address endpoint(String path) throws IOException {
        Address address = null;
        if (!enters(path)) return null;
        for (String name; (name = member()) != null; ) {
            if (name.equals("ip")) address = addresses.read(path + ".ip", text(path + ".ip", 64));
            else skip();
        }
        return address;
    }

    private @Nullable Address target(String path) throws IOException {
        Address address = null;
        if (!enters(path)) return null;
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "ip" -> address = addresses.read(path + ".ip", text(path + ".ip", 64));
                case "hostname" -> targetHost = text(path + ".hostname", Limits.SHORT_TEXT);
                default -> skip();
            }
        }
        return address;
    }

    private void device() throws IOException {
        if (!enters("device")) return;
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "ip" -> deviceAddress = addresses.read("device.ip", text("device.ip", 64));
                case "hostname" -> deviceHost = text("device.hostname", Limits.SHORT_TEXT);
                case "type" -> deviceType = lower(text("device.type", Limits.SHORT_TEXT));
                case "os" -> operatingSystem();
                default -> skip();
            }
        }
    }

    private void operatingSystem() throws IOException {
        if (!enters("device.os")) return;
        for (String name; (name = member()) != null; ) {
            if (name.equals("name")) deviceOs = text("device.os.name", Limits.SHORT_TEXT);
            else skip();
        }
    }

    private void httpRequest() throws IOException {
        if (!enters("http_request")) return;
        for (String name; (name = member()) != null; ) {
            if (name.equals("user_agent")) userAgent = beginning("http_request.user_agent", Limits.USER_AGENT);
            else skip();
        }
    }

    private void service() throws IOException {
        if (!enters("service")) return;
        for (String name; (name = member()) != null; ) {
            if (name.equals("name")) service = text("service.name", Limits.SHORT_TEXT);
            else skip();
        }
    }

    private void findingInfo() throws IOException {
        if (!enters("finding_info")) return;
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "title" -> title = beginning("finding_info.title", Limits.NAME);
                case "uid" -> findingUid = text("finding_info.uid", Limits.UID);
                default -> skip();
            }
        }
    }

    /** The first evidence speaks for all; what the event says at its top level counts more. */
    private void evidences() throws IOException {
        if (!entersArray("evidences")) return;
        boolean first = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (!first || json.currentToken() != JsonToken.START_OBJECT) skip();
            else evidence();
            first = false;
        }
    }

    private void evidence() throws IOException {
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "src_endpoint" -> {
                    var address = endpoint("evidences[0].src_endpoint");
                    if (source == null) source = address;
                }
                case "dst_endpoint" -> {
                    var address = target("evidences[0].dst_endpoint");
                    if (target == null) target = address;
                }
                case "actor" -> actor("evidences[0].actor");
                default -> skip();
            }
        }
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private void forget() {
        classUid = activity = typeUid = statusId = severityId = time = null;
        timeText = status = statusDetail = message = title = findingUid = uid = product = null;
        protocol = service = userName = userEmail = userUid = userAgent = null;
        targetHost = deviceHost = deviceType = deviceOs = null;
        source = target = deviceAddress = null;
        simulated = mfa = false;
    }
}
