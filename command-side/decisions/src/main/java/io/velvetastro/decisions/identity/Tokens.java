package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.OwnAccount.NoticeKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives programs their tokens: a short-lived signed one to call with, and a single-use opaque one to come back with. A refresh token's successor is derived from it by a keyed hash, so two calls that
 * cross get the same pair without the token ever being stored; used again later it can only be a stolen one, and the whole family ends.
 */
class Tokens {
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt"); // RFC 9068
    static final String AUDIENCE = "velvet-astro-api";
    static final String SESSION = "sid";
    static final Duration ACCESS = Duration.ofMinutes(10);
    private static final Duration REFRESH = Duration.ofDays(14);
    private static final Duration CROSSING_CALLS = Duration.ofSeconds(10);

    /** What a caller takes away. */
    record Pair(String accessToken, String refreshToken, String tokenType, long expiresIn) {}

    /** What came of a refresh. */
    sealed interface Refreshed {
        record Renewed(Pair pair) implements Refreshed {}

        record Unknown() implements Refreshed {}

        /** Somebody else has it too; the family was ended. */
        record Reused(Caller whose) implements Refreshed {}
    }

    private final HouseKeys keys;
    private final RSASSASigner signer;
    private final SecretKeySpec successors;
    private final String issuer;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Sessions sessions;
    private final Notices notices;
    private final Clock clock;

    Tokens(
            HouseKeys keys,
            String issuer,
            JdbcClient db,
            TransactionTemplate transaction,
            Sessions sessions,
            Notices notices,
            Clock clock) {
        this.keys = keys;
        this.signer = signerOf(keys);
        this.successors = new SecretKeySpec(keys.secretFor("refresh-token-successors"), "HmacSHA256");
        this.issuer = issuer;
        this.db = db;
        this.transaction = transaction;
        this.sessions = sessions;
        this.notices = notices;
        this.clock = clock;
    }

    /** The first pair of a session. */
    Pair first(SignedIn who) {
        return issue(who, Secret.fresh(), now());
    }

    Refreshed refresh(String token) {
        return transaction.execute(status -> refreshed(token));
    }

    private Refreshed refreshed(String token) {
        // The row is held until the end, so of two calls that cross the second sees what the first did.
        var known = db.sql(
                        "select session, expires_at, superseded_at from identity.refresh_token where hash = ? for update")
                .param(Secret.sha256(token))
                .query((row, number) -> new Known(
                        row.getObject("session", UUID.class),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("superseded_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
                .optional();
        if (known.isEmpty() || !now().isBefore(known.get().expiresAt)) return new Refreshed.Unknown();
        var who = sessions.standing(known.get().session);
        if (who.isEmpty()) {
            sessions.endUnused(known.get().session);
            return new Refreshed.Unknown();
        }
        var usedAt = known.get().supersededAt;
        var successor = successorOf(token);
        if (usedAt == null) {
            db.sql("update identity.refresh_token set superseded_at = ? where hash = ?")
                    .params(now().atOffset(UTC), Secret.sha256(token))
                    .update();
            return new Refreshed.Renewed(issue(who.get(), successor, now()));
        }
        if (!now().isAfter(usedAt.plus(CROSSING_CALLS)) && isUnused(successor))
            return new Refreshed.Renewed(pair(who.get(), successor, usedAt));
        sessions.endSignIn(known.get().session, "refresh token used twice");
        notices.tell(who.get().getPrincipal().member(), NoticeKind.SESSION_STOLEN);
        return new Refreshed.Reused(who.get().getPrincipal());
    }

    private boolean isUnused(String token) {
        return db.sql("select superseded_at is null from identity.refresh_token where hash = ?")
                .param(Secret.sha256(token))
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private Pair issue(SignedIn who, String refreshToken, Instant at) {
        db.sql("insert into identity.refresh_token (hash, session, issued_at, expires_at) values (?, ?, ?, ?)")
                .params(
                        Secret.sha256(refreshToken),
                        who.session(),
                        at.atOffset(UTC),
                        at.plus(REFRESH).atOffset(UTC))
                .update();
        return pair(who, refreshToken, at);
    }

    private Pair pair(SignedIn who, String refreshToken, Instant at) {
        return new Pair(access(who, refreshToken, at), refreshToken, "Bearer", ACCESS.toSeconds());
    }

    /** Everything in it follows from the refresh token beside it and the time, so crossing calls get the same one. */
    private String access(SignedIn who, String refreshToken, Instant at) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(who.getPrincipal().member().toString())
                .claim(SESSION, who.session().toString())
                .jwtID(UUID.nameUUIDFromBytes(Secret.sha256(refreshToken)).toString())
                .issueTime(Date.from(at))
                .expirationTime(Date.from(at.plus(ACCESS)))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(TYPE)
                        .keyID(keys.published().getKeyID())
                        .build(),
                claims);
        try {
            token.sign(signer);
        } catch (JOSEException broken) {
            throw new IllegalStateException("a token could not be signed", broken);
        }
        return token.serialize();
    }

    private String successorOf(String token) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(successors);
            return text(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** As the database keeps it, so that a derived pair is the same to the last digit. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static RSASSASigner signerOf(HouseKeys keys) {
        try {
            return new RSASSASigner(keys.signing());
        } catch (JOSEException broken) {
            throw new IllegalStateException("the house's key cannot sign", broken);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Known(
            UUID session, Instant expiresAt, @Nullable Instant supersededAt) {}
}
