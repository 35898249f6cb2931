package io.velvetastro.decisions.telemetry;

import static io.velvetastro.decisions.telemetry.Mapping.Role.HOST;
import static io.velvetastro.decisions.telemetry.Mapping.Role.NAME;
import static io.velvetastro.decisions.telemetry.Mapping.Role.OUTCOME;
import static io.velvetastro.decisions.telemetry.Mapping.Role.SOURCE;
import static io.velvetastro.decisions.telemetry.Mapping.Role.TARGET;
import static io.velvetastro.decisions.telemetry.Mapping.Role.TIME;
import static io.velvetastro.decisions.telemetry.Mapping.Role.USER;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows of any table with a time: those with an outcome become logins, those with a name another tool's alerts. Columns that nobody mapped are not kept. */
final class Csv implements Parser {
    private final String log;
    private final String realm;
    private final Mapping.TimeUnit timeUnit;
    private final Mapping.Positions positions;
    private final ZoneId zone;
    private final Limits limits;
    private final Addresses addresses;
    private final Fields fields;

    Csv(
            String log,
            String realm,
            Mapping.TimeUnit timeUnit,
            Mapping.Positions positions,
            ZoneId zone,
            Limits limits,
            Addresses addresses) {
        this.log = log;
        this.realm = realm;
        this.timeUnit = timeUnit;
        this.positions = positions;
        this.zone = zone;
        this.limits = limits;
        this.addresses = addresses;
        this.fields = new Fields(positions.columns());
    }

    @Override
    public String pieceName() {
        return "row";
    }

    @Override
    public Parsed parse(byte[] bytes, int from, int to) {
        try {
            fields.split(bytes, from, to);
            if (fields.count() != positions.columns())
                throw new BadField(
                        "row", "has " + fields.count() + " fields where the header has " + positions.columns());
            var outcome = outcome();
            if (outcome != null) return login(outcome);
            var name = text(NAME, Limits.NAME);
            return name == null ? Parsed.Nothing.IT : alert(name);
        } catch (BadField bad) {
            return bad.bad();
        }
    }

    private Parsed login(boolean succeeded) {
        return new Parsed.Login(
                time(),
                succeeded,
                realm,
                null,
                log,
                text(USER, Limits.USER),
                addresses.read(SOURCE.parameter(), text(SOURCE, 64)),
                null,
                null,
                text(HOST, Limits.SHORT_TEXT),
                null,
                null,
                null,
                null,
                false);
    }

    private Parsed alert(String name) {
        return new Parsed.Alert(
                time(),
                realm,
                null,
                log,
                name,
                null,
                addresses.read(SOURCE.parameter(), text(SOURCE, 64)),
                addresses.read(TARGET.parameter(), text(TARGET, 64)),
                text(USER, Limits.USER),
                text(HOST, Limits.SHORT_TEXT),
                null,
                false);
    }

    private @Nullable Boolean outcome() {
        var text = text(OUTCOME, Limits.SHORT_TEXT);
        if (text == null) return null;
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "success",
                    "succeeded",
                    "successful",
                    "ok",
                    "accepted",
                    "true",
                    "1",
                    "pass",
                    "passed",
                    "allow",
                    "allowed" -> true;
            case "failure", "failed", "fail", "denied", "deny", "rejected", "false", "0", "error", "blocked" -> false;
            default -> throw new BadField(OUTCOME.parameter(), "is neither a success nor a failure");
        };
    }

    private Instant time() {
        var text = text(TIME, 40);
        if (text == null) throw new BadField(TIME.parameter(), "is missing");
        return limits.time(
                TIME.parameter(),
                switch (timeUnit) {
                    case ISO -> Times.iso(TIME.parameter(), text, zone);
                    case SECONDS -> epoch(text, 3);
                    case MILLIS -> epoch(text, 0);
                });
    }

    private static Instant epoch(String text, int scale) {
        long whole = 0;
        boolean plain = text.length() <= 15;
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = c >= '0' && c <= '9';
            whole = whole * 10 + c - '0';
        }
        if (plain) return scale == 0 ? Instant.ofEpochMilli(whole) : Instant.ofEpochSecond(whole);
        if (!text.matches("-?\\d{1,15}(\\.\\d{1,15})?")) throw new BadField(TIME.parameter(), "is not a number");
        var millis = new BigDecimal(text).movePointRight(scale);
        if (millis.signum() < 0) throw new BadField(TIME.parameter(), "is negative");
        return Instant.ofEpochMilli(millis.longValue());
    }

    private @Nullable String text(Mapping.Role role, int most) {
        int position = positions.of(role);
        return position < 0 ? null : Limits.text(role.parameter(), fields.get(position), most);
    }
}
