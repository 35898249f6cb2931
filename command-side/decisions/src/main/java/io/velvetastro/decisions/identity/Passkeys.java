package io.velvetastro.decisions.identity;

import static java.time.ZoneOffset.UTC;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import io.velvetastro.language.MemberId;
import io.velvetastro.questions.OwnAccount.PasskeyRow;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keys that live in people's devices and sign only for this house's address: nothing to guess, nothing to type into the wrong page. Each takes its owner's finger, face or PIN, so it is both factors at once. No name is
 * asked: the device knows whose key it is, and nobody learns who has an account.
 */
class Passkeys {
    private static final Duration CEREMONY = Duration.ofMinutes(5);
    private static final int MOST = 20;
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            parameters(COSEAlgorithmIdentifier.EdDSA),
            parameters(COSEAlgorithmIdentifier.ES256),
            parameters(COSEAlgorithmIdentifier.RS256));

    private final JdbcClient db;
    private final HouseAddress house;
    private final Clock clock;
    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager webauthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);

    Passkeys(JdbcClient db, HouseAddress house, Clock clock) {
        this.db = db;
        this.house = house;
        this.clock = clock;
    }

    /** What a device answers does not hold: another house's, another challenge's, another key's, or a copy's. */
    static final class DoesNotHold extends RuntimeException {
        DoesNotHold(String why, @Nullable Throwable cause) {
            super(why, cause, false, false);
        }
    }

    /** What a browser needs to make one: the options of {@code navigator.credentials.create}, as WebAuthn writes them. */
    Map<String, Object> creation(MemberId member, Email email, String name) {
        return Map.of(
                "rp", Map.of("id", rpId(), "name", "Velvet Astro"),
                "user", Map.of("id", text(bytes(member)), "name", email.text(), "displayName", name),
                "challenge", challenge(member),
                "pubKeyCredParams",
                        ALGORITHMS.stream()
                                .map(it -> Map.of(
                                        "type", "public-key", "alg", it.getAlg().getValue()))
                                .toList(),
                "timeout", CEREMONY.toMillis(),
                "excludeCredentials", credentialsOf(member),
                "authenticatorSelection",
                        Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"),
                "attestation", "none");
    }

    /** What a browser needs to use one, whoever sits before it. */
    Map<String, Object> request() {
        return Map.of(
                "rpId", rpId(),
                "challenge", challenge(null),
                "timeout", CEREMONY.toMillis(),
                "userVerification", "required");
    }

    /** The same for somebody who is inside, and proves once more who they are. */
    Map<String, Object> request(MemberId member) {
        return Map.of(
                "rpId", rpId(),
                "challenge", challenge(member),
                "timeout", CEREMONY.toMillis(),
                "allowCredentials", credentialsOf(member),
                "userVerification", "required");
    }

    private List<Map<String, String>> credentialsOf(MemberId member) {
        return db
                .sql("select credential_id from identity.passkey where member = ?")
                .param(member.value())
                .query(byte[].class)
                .list()
                .stream()
                .map(it -> Map.of("type", "public-key", "id", text(it)))
                .toList();
    }

    /** What a device answered that was to make a key. Looking at it has used its challenge up, whatever comes of it. */
    record Made(RegistrationData data) {}

    /** What a device answered that was to use its key. */
    record Answered(AuthenticationData data, Challenge challenge) {}

    Made made(MemberId member, String answer) {
        try {
            var data = parsed(answer, webauthn::parseRegistrationResponseJSON);
            var client = data.getCollectedClientData();
            if (client == null) throw new DoesNotHold("it is not whole", null);
            take(client.getChallenge(), member);
            webauthn.verify(data, new RegistrationParameters(expected(client.getChallenge()), ALGORITHMS, true, true));
            return new Made(data);
        } catch (DataConversionException | VerificationException wrong) {
            throw new DoesNotHold("this device's answer does not hold", wrong);
        }
    }

    PasskeyRow keep(MemberId member, String label, Made answer) {
        try {
            var object = answer.data.getAttestationObject();
            if (object == null) throw new DoesNotHold("it is not whole", null);
            var made = object.getAuthenticatorData();
            var credential = made.getAttestedCredentialData();
            if (credential == null || of(member).size() >= MOST) throw new DoesNotHold("it is one too many", null);
            var row = new PasskeyRow(UUID.randomUUID(), label, clock.instant(), null, made.isFlagBS());
            db.sql("""
                    insert into identity.passkey (id, member, credential_id, credential, sign_count, backed_up, transports, label, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            row.id(),
                            member.value(),
                            credential.getCredentialId(),
                            credentials.convert(credential),
                            made.getSignCount(),
                            made.isFlagBS(),
                            transports(answer.data.getTransports()),
                            label,
                            row.createdAt().atOffset(UTC))
                    .update();
            return row;
        } catch (DuplicateKeyException known) {
            throw new DoesNotHold("this key is known already", known);
        }
    }

    /** The library trusts browsers to write whole JSON; strangers do not. Whatever reading fails with is about what was sent. */
    private static <T> T parsed(String answer, Function<String, T> parser) {
        try {
            return parser.apply(answer);
        } catch (RuntimeException garbled) {
            throw new DoesNotHold("it is not whole", garbled);
        }
    }

    /** @param member to whom the challenge was given; absent for who signs in */
    Answered answered(String answer, @Nullable MemberId member) {
        var data = parsed(answer, webauthn::parseAuthenticationResponseJSON);
        var client = data.getCollectedClientData();
        if (client == null) throw new DoesNotHold("it is not whole", null);
        take(client.getChallenge(), member);
        return new Answered(data, client.getChallenge());
    }

    /** Whose it is, within a transaction. The row is held until its end, so of two that answer with one copy each the counters are seen in order. */
    MemberId holder(Answered answered) {
        var data = answered.data;
        try {
            var stored = stored(data.getCredentialId())
                    .orElseThrow(() -> new DoesNotHold("this passkey is not known here", null));
            var handle = data.getUserHandle();
            if (handle == null || !Arrays.equals(handle, bytes(stored.member)))
                throw new DoesNotHold("this passkey is somebody else's", null);
            var record = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    true,
                    null,
                    null,
                    stored.signCount,
                    credentials.convert(stored.credential),
                    new AuthenticationExtensionsAuthenticatorOutputs<>(),
                    null,
                    null,
                    null);
            webauthn.verify(data, new AuthenticationParameters(expected(answered.challenge), record, null, true, true));
            var made = data.getAuthenticatorData();
            if (made == null) throw new DoesNotHold("it is not whole", null);
            db.sql("update identity.passkey set sign_count = ?, backed_up = ?, last_used_at = ? where id = ?")
                    .params(
                            made.getSignCount(),
                            made.isFlagBS(),
                            clock.instant().atOffset(UTC),
                            stored.id)
                    .update();
            return stored.member;
        } catch (DataConversionException | VerificationException | IllegalArgumentException wrong) {
            throw new DoesNotHold("this device's answer does not hold", wrong);
        }
    }

    boolean has(MemberId member) {
        return db.sql("select exists (select from identity.passkey where member = ?)")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    List<PasskeyRow> of(MemberId member) {
        return db.sql("select * from identity.passkey where member = ? order by created_at, id")
                .param(member.value())
                .query((row, number) -> new PasskeyRow(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("last_used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null),
                        row.getBoolean("backed_up")))
                .list();
    }

    boolean remove(MemberId member, UUID passkey) {
        return db.sql("delete from identity.passkey where id = ? and member = ?")
                        .params(passkey, member.value())
                        .update()
                == 1;
    }

    /** Which those were that were made between the two. */
    List<UUID> forget(MemberId member, Instant from, Instant until) {
        return db.sql("delete from identity.passkey where member = ? and created_at between ? and ? returning id")
                .params(member.value(), from.atOffset(UTC), until.atOffset(UTC))
                .query(UUID.class)
                .list();
    }

    void forgetBefore(Instant then) {
        db.sql("delete from identity.ceremony where expires_at < ?")
                .param(then.atOffset(UTC))
                .update();
    }

    private String challenge(@Nullable MemberId member) {
        var challenge = Secret.fresh();
        db.sql("insert into identity.ceremony (hash, member, expires_at) values (:hash, :member, :until)")
                .param("hash", Secret.sha256(challenge))
                .param("member", member == null ? null : member.value(), java.sql.Types.OTHER)
                .param("until", clock.instant().plus(CEREMONY).atOffset(UTC))
                .update();
        return challenge;
    }

    /** A challenge is answered once, by whom it was given to; a wrong answer has used it up too, so this is never undone with what follows. */
    private void take(Challenge answered, @Nullable MemberId member) {
        if (TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("a challenge is used up before what is done with it begins");
        var taken = db.sql("""
                delete from identity.ceremony where hash = :hash and expires_at > :now
                and member is not distinct from cast(:member as uuid)""")
                .param("hash", Secret.sha256(text(answered.getValue())))
                .param("now", clock.instant().atOffset(UTC))
                .param("member", member == null ? null : member.toString())
                .update();
        if (taken == 0) throw new DoesNotHold("it took too long, or was answered before", null);
    }

    private Optional<Stored> stored(byte[] credential) {
        return db.sql("select * from identity.passkey where credential_id = ? for update")
                .param(credential)
                .query((row, number) -> new Stored(
                        row.getObject("id", UUID.class),
                        new MemberId(row.getObject("member", UUID.class)),
                        row.getBytes("credential"),
                        row.getLong("sign_count")))
                .optional();
    }

    private ServerProperty expected(Challenge challenge) {
        return ServerProperty.builder()
                .origin(com.webauthn4j.data.client.Origin.create(house.url().toString()))
                .rpId(rpId())
                .challenge(new DefaultChallenge(challenge.getValue()))
                .build();
    }

    private String rpId() {
        return house.url().getHost();
    }

    private static String[] transports(@Nullable Set<AuthenticatorTransport> named) {
        return named == null
                ? new String[0]
                : named.stream()
                        .map(AuthenticatorTransport::getValue)
                        .collect(Collectors.toSet())
                        .toArray(String[]::new);
    }

    private static PublicKeyCredentialParameters parameters(COSEAlgorithmIdentifier algorithm) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
    }

    private static byte[] bytes(MemberId member) {
        return ByteBuffer.allocate(16)
                .putLong(member.value().getMostSignificantBits())
                .putLong(member.value().getLeastSignificantBits())
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Stored(UUID id, MemberId member, byte[] credential, long signCount) {}
}
