package io.velvetastro.decisions.door;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The answers already given, by who asked and under which key. */
class Answered {
    static final Duration KEPT = Duration.ofHours(24);
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final Clock clock;

    Answered(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** What is known of a key. */
    sealed interface Known {
        /** Nothing: it is this request's turn. */
        record New() implements Known {}

        /** The same request is being worked on elsewhere. */
        record UnderWay() implements Known {}

        /** The key belongs to another request. */
        record Taken() implements Known {}

        record Before(
                int status,
                @Nullable String location,
                @Nullable String contentType,
                byte[] body) implements Known {}
    }

    /** Takes the key for this request, or says who has it; one that was begun and never answered, as in a crash, may be begun again. */
    Known begin(Caller caller, String key, byte[] request) {
        var now = clock.instant();
        var taken = db.sql("""
                insert into decisions.answered as old (tenant, member, key, request, at) values (?, ?, ?, ?, ?)
                on conflict (tenant, member, key) do update
                set request = excluded.request, at = excluded.at, status = null, location = null, content_type = null, body = null
                where old.at < ? or (old.status is null and old.at < ? and old.request = excluded.request)""")
                .params(
                        caller.tenant().value(),
                        caller.member().value(),
                        key,
                        request,
                        now.atOffset(UTC),
                        now.minus(KEPT).atOffset(UTC),
                        now.minus(GIVEN_UP_AFTER).atOffset(UTC))
                .update();
        return taken == 1 ? new Known.New() : known(caller, key, request);
    }

    void finish(Caller caller, String key, Known.Before answer) {
        db.sql(
                        "update decisions.answered set status = ?, location = ?, content_type = ?, body = ? where tenant = ? and member = ? and key = ?")
                .param(answer.status())
                .param(answer.location())
                .param(answer.contentType())
                .params(answer.body(), caller.tenant().value(), caller.member().value(), key)
                .update();
    }

    /** Nothing came of it; the key may be used again. */
    void forget(Caller caller, String key) {
        db.sql("delete from decisions.answered where tenant = ? and member = ? and key = ?")
                .params(caller.tenant().value(), caller.member().value(), key)
                .update();
    }

    void forgetBefore(Instant then) {
        db.sql("delete from decisions.answered where at < ?")
                .param(then.atOffset(UTC))
                .update();
    }

    private Known known(Caller caller, String key, byte[] request) {
        return db.sql(
                        "select request, status, location, content_type, body from decisions.answered where tenant = ? and member = ? and key = ?")
                .params(caller.tenant().value(), caller.member().value(), key)
                .query((row, number) -> {
                    if (!Arrays.equals(request, row.getBytes("request"))) return new Known.Taken();
                    int status = row.getInt("status");
                    return row.wasNull()
                            ? new Known.UnderWay()
                            : (Known) new Known.Before(
                                    status,
                                    row.getString("location"),
                                    row.getString("content_type"),
                                    row.getBytes("body"));
                })
                .optional()
                .orElseGet(Known.UnderWay::new); // Forgotten this very moment.
    }
}
