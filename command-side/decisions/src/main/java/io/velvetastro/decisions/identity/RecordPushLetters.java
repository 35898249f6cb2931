package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.post.Letter;
import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.decisions.push.PushNews;
import io.velvetastro.language.AccessEvent.RecordPushPaused;
import io.velvetastro.language.AccessEvent.RecordPushResumed;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the administrators that their record waits here, and the record itself that it does. */
class RecordPushLetters implements PushNews {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm", Locale.ENGLISH);
    private static final Duration NEWS = Duration.ofDays(7);

    private final JdbcClient db;
    private final Outbox outbox;
    private final HouseAddress house;
    private final AccessRecord record;

    RecordPushLetters(JdbcClient db, Outbox outbox, HouseAddress house, AccessRecord record) {
        this.db = db;
        this.outbox = outbox;
        this.house = house;
        this.record = record;
    }

    @Override
    public void paused(TenantId tenant, Instant failingSince, Instant at) {
        record.keepAtTheDoor(new RecordPushPaused(tenant, failingSince, at));
        var text = """
                Your organisation has its record sent to a receiver. Since %s UTC it was not taken there, and the house does not try any more by itself.

                Nothing is lost: every entry lies here and can be read. Once the receiver takes it again, press Try here, and delivery goes on from where it stood:
                %s
                """.formatted(TIME.format(failingSince.atOffset(ZoneOffset.UTC)), house.link("record"));
        db.sql("""
                        select m.email from identity.membership ms join identity.member m on m.id = ms.member
                        where ms.organization = ? and ms.role in ('ORG_ADMIN', 'SUPER_ADMIN') and m.disabled_at is null""")
                .param(tenant.value())
                .query(String.class)
                .list()
                .forEach(to -> outbox.write(
                        new Letter("record", to, "Velvet Astro: Your record is not taken any more", text, NEWS)));
    }

    @Override
    public void resumed(TenantId tenant, Instant at) {
        record.keepAtTheDoor(new RecordPushResumed(tenant, at));
    }
}
