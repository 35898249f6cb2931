package io.velvetastro.decisions.telemetry;

import io.velvetastro.language.Address;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cowrie's JSON log: logins without the passwords typed, and what intruders did as alerts of the honeypot, without what might be a secret. */
final class Cowrie extends Json {
    private static final Set<String> NAMES =
            Set.of("eventid", "timestamp", "username", "sensor", "protocol", "src_ip", "dst_ip", "input", "url");

    private final String log;
    private final String realm;
    private final Limits limits;
    private final Addresses addresses;

    private @Nullable String event;
    private @Nullable String time;
    private @Nullable String user;
    private @Nullable String sensor;
    private @Nullable String protocol;
    private @Nullable String input;
    private @Nullable String url;
    private @Nullable Address source;
    private @Nullable Address target;

    Cowrie(String log, String realm, Limits limits, Addresses addresses) {
        super(NAMES);
        this.log = log;
        this.realm = realm;
        this.limits = limits;
        this.addresses = addresses;
    }

    @Override
    void object() throws IOException {
        event = time = user = sensor = protocol = input = url = null;
        source = target = null;
        for (String name; (name = member()) != null; ) {
            switch (name) {
                case "eventid" -> event = text("eventid", Limits.SHORT_TEXT);
                case "timestamp" -> time = text("timestamp", 40);
                case "username" -> user = beginning("username", Limits.USER);
                case "sensor" -> sensor = text("sensor", Limits.SHORT_TEXT);
                case "protocol" -> protocol = text("protocol", Limits.SHORT_TEXT);
                case "src_ip" -> source = addresses.read("src_ip", text("src_ip", 64));
                case "dst_ip" -> target = addresses.read("dst_ip", text("dst_ip", 64));
                case "input" -> input = beginning("input", Limits.LINE);
                case "url" -> url = beginning("url", Limits.LINE);
                default -> skip(); // "password" and "message", which quotes it, among them.
            }
        }
    }

    @Override
    Parsed parsed() {
        if (event == null) throw new BadField("eventid", "is missing");
        return switch (event) {
            case "cowrie.login.success" -> login(true);
            case "cowrie.login.failed" -> login(false);
            case "cowrie.command.input" -> alert("Cowrie: command input", safeCommand());
            case "cowrie.session.file_download" -> alert("Cowrie: file download", safeUrl());
            case "cowrie.session.file_upload" -> alert("Cowrie: file upload", null);
            default -> Parsed.Nothing.IT;
        };
    }

    private Parsed login(boolean succeeded) {
        return new Parsed.Login(
                at(),
                succeeded,
                realm,
                null,
                log,
                !succeeded && TypedNames.looksLikePassword(user) ? null : user,
                source(),
                protocol,
                "password",
                sensor,
                succeeded ? null : Cause.WRONG_PASSWORD,
                null,
                null,
                null,
                false);
    }

    private Parsed alert(String name, @Nullable String line) {
        return new Parsed.Alert(at(), realm, null, log, name, null, source(), target, null, sensor, line, false);
    }

    private Instant at() {
        if (time == null) throw new BadField("timestamp", "is missing");
        return limits.time("timestamp", Times.iso("timestamp", time, ZoneOffset.UTC));
    }

    private Address source() {
        if (source == null) throw new BadField("src_ip", "is missing");
        return source;
    }

    private @Nullable String safeCommand() {
        return input == null ? null : Commands.masked(input);
    }

    /** Without user, password and query, which hold secrets. */
    private @Nullable String safeUrl() {
        if (url == null) return null;
        int query = url.indexOf('?');
        var bare = query < 0 ? url : url.substring(0, query);
        return bare.replaceFirst("://[^/]*@", "://");
    }
}
