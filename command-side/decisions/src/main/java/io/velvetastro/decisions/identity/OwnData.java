package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.MemberId;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything the door keeps about one member, for that member (GDPR, articles 15 and 20). What lets somebody in is no fact about them: no hash, no secret and no key is in it; and no address of anybody else. */
class OwnData {
    private final JdbcClient db;

    OwnData(JdbcClient db) {
        this.db = db;
    }

    /** @return one JSON object */
    String of(MemberId member, Instant now) {
        return db.sql("""
                with me as (select * from identity.member where id = :me)
                select jsonb_pretty(jsonb_build_object(
                    'exportedAt', cast(:now as timestamptz),
                    'account', (select jsonb_build_object('id', id, 'name', name, 'email', email, 'createdAt', created_at,
                            'emailProvedAt', email_proved_at) from me),
                    'passwordChangedAt', (select changed_at from identity.credential where member = :me),
                    'organizations', (select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', lower(ms.role), 'since', ms.since)
                            order by ms.since) from identity.membership ms join identity.organization o on o.id = ms.organization where ms.member = :me),
                    'sessions', (select jsonb_agg(jsonb_build_object('id', id, 'kind', lower(kind), 'organization', organization, 'device', device,
                            'place', place, 'startedAt', started_at, 'lastSeenAt', last_seen_at, 'expiresAt', expires_at, 'endedAt', ended_at,
                            'endedWhy', ended_why, 'secondFactorAt', second_factor_at) order by started_at)
                            from identity.session where member = :me),
                    'devices', (select jsonb_agg(jsonb_build_object('device', label, 'place', place, 'firstSeenAt', first_seen_at,
                            'lastSeenAt', last_seen_at) order by first_seen_at) from identity.device where member = :me),
                    'passkeys', (select jsonb_agg(jsonb_build_object('id', id, 'label', label, 'createdAt', created_at, 'lastUsedAt', last_used_at,
                            'backedUp', backed_up) order by created_at) from identity.passkey where member = :me),
                    'authenticatorAppSince', (select confirmed_at from identity.totp where member = :me),
                    'recoveryCodesLeft', (select count(*) from identity.recovery_code where member = :me and used_at is null),
                    'notices', (select jsonb_agg(jsonb_build_object('kind', kind, 'device', device, 'place', place, 'codesLeft', codes_left, 'at', at, 'signIn', attempt ->> 'id',
                            'deniedAt', denied_at)
                            order by at) from identity.notice where member = :me),
                    'letters', (select jsonb_agg(jsonb_build_object('kind', kind, 'writtenAt', written_at, 'sentAt', sent_at) order by written_at)
                            from identity.letter where lower(recipient) = (select lower(email) from me)),
                    'invitationsMade', (select jsonb_agg(jsonb_build_object('role', lower(role), 'invitedAt', invited_at)
                            order by invited_at) from identity.invitation where invited_by = :me)))""")
                .param("me", member.value())
                .param("now", now.atOffset(UTC))
                .query(String.class)
                .single();
    }
}
