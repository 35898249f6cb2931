package io.velvetastro.store.keys;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Address;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.Disclosures;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.StoreProperties;
import io.velvetastro.store.testing.Administrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnAFreshStore
class VaultTest {
    private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    private static final PrincipalId BOB = new PrincipalId(UUID.randomUUID());

    @Autowired
    Vault vault;

    @Autowired
    Seals seals;

    @Autowired
    Disclosures disclosures;

    @Autowired
    Pseudonyms pseudonyms;

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient db;

    @Autowired
    Administrator administrator;

    @Autowired
    StoreProperties properties;

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path elsewhere;

    @Test
    void eachValueCanBeShownAloneUntilItsKeyIsDestroyed() {
        var eve = new PrincipalId(UUID.randomUUID());
        var clear = "{\"user\":\"eve\",\"line\":\"Failed \\\"password\\\"\"}";
        var sealed = seals.seal(
                HERE, eve, MARCH, clear, java.util.Arrays.asList("eve", null, null, null, "Failed \"password\""));
        assertThat(seals.open(HERE, sealed)).contains(clear);
        var fields = disclosures.fields(HERE, sealed).orElseThrow();
        assertThat(fields)
                .extracting(Disclosures.Field::value)
                .containsExactly("eve", null, null, null, "Failed \"password\"");
        assertThat(fields)
                .extracting(field -> java.util.HexFormat.of().formatHex(field.salt()))
                .doesNotHaveDuplicates();
        assertThat(disclosures.fields(ELSEWHERE, sealed)).isEmpty();
        assertThat(disclosures.fields(HERE, seals.seal(HERE, eve, MARCH, clear)))
                .isEmpty();
        vault.forget(HERE, eve);
        assertThat(disclosures.fields(HERE, sealed)).isEmpty();
    }

    @Test
    void whatIsSealedOpensForItsTenantOnly() {
        var sealed = seals.seal(HERE, null, MARCH, "alice");
        assertThat(seals.open(HERE, sealed)).contains("alice");
        assertThat(seals.open(ELSEWHERE, sealed)).isEmpty();
    }

    @Test
    void theSameTextIsNeverSealedAlike() {
        var blobs = new HashSet<Sealed>();
        for (int i = 0; i < 1_000; i++) blobs.add(seals.seal(HERE, null, MARCH, "alice"));
        assertThat(blobs).hasSize(1_000);
    }

    @Test
    void aSealWithAnyCharacterChangedStaysShut() {
        var text = seals.seal(HERE, null, MARCH, "alice").text();
        for (int i = 0; i < text.length(); i++) {
            var other = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertThat(seals.open(HERE, new Sealed(other))).as(other).isEmpty();
        }
    }

    @Test
    void whatIsNoSealOpensToNothing() {
        for (var text : List.of(
                "", ".", "1", "1.", ".AAAA", "x.AAAA", "99999999.AAAA", "99999999999999999999999.AAAA", "1.***"))
            assertThat(seals.open(HERE, new Sealed(text))).as(text).isEmpty();
    }

    @Test
    void anEndedMonthTakesNoOtherMonthWithIt() {
        var march = seals.seal(ELSEWHERE, null, MARCH, "in march");
        var ofBob = seals.seal(ELSEWHERE, BOB, MARCH, "bob in march");
        var april = seals.seal(ELSEWHERE, BOB, APRIL, "in april");
        assertThat(vault.months().get(ELSEWHERE)).contains(YearMonth.of(2026, 3), YearMonth.of(2026, 4));
        vault.end(ELSEWHERE, YearMonth.of(2026, 3));
        assertThat(vault.months().get(ELSEWHERE)).doesNotContain(YearMonth.of(2026, 3));
        for (var reader : List.of(seals, afresh())) {
            assertThat(reader.open(ELSEWHERE, march)).isEmpty();
            assertThat(reader.open(ELSEWHERE, ofBob)).isEmpty();
            assertThat(reader.open(ELSEWHERE, april)).contains("in april");
        }
    }

    @Test
    void whoIsForgottenIsForgottenInEveryMonthAndNobodyElseIs() {
        var alice = new PrincipalId(UUID.randomUUID());
        var march = seals.seal(HERE, alice, MARCH, "alice in march");
        var april = seals.seal(HERE, alice, APRIL, "alice in april");
        var bob = seals.seal(HERE, BOB, MARCH, "bob");
        var nobody = seals.seal(HERE, null, MARCH, "nobody");
        var elsewhere = seals.seal(ELSEWHERE, alice, MARCH, "alice elsewhere");

        vault.forget(HERE, alice);
        for (var reader : List.of(seals, afresh())) {
            assertThat(reader.open(HERE, march)).isEmpty();
            assertThat(reader.open(HERE, april)).isEmpty();
            assertThat(reader.open(HERE, bob)).contains("bob");
            assertThat(reader.open(HERE, nobody)).contains("nobody");
            assertThat(reader.open(ELSEWHERE, elsewhere)).contains("alice elsewhere");
        }
    }

    @Test
    void whoComesBackAfterwardsIsSomeoneNewAndCanBeForgottenAgain() {
        var alice = new PrincipalId(UUID.randomUUID());
        var before = seals.seal(HERE, alice, MARCH, "before");
        vault.forget(HERE, alice);
        var again = seals.seal(HERE, alice, MARCH, "again");
        assertThat(afresh().open(HERE, again)).contains("again");
        assertThat(afresh().open(HERE, before)).isEmpty();
        vault.forget(HERE, alice);
        assertThat(seals.open(HERE, again)).isEmpty();
        var third = seals.seal(HERE, alice, MARCH, "third");
        vault.end(HERE, YearMonth.of(2026, 3));
        assertThat(seals.open(HERE, third)).isEmpty();
    }

    @Test
    void whatAnOlderHouseHasSealedStillOpensAndIsForgottenToo() {
        var alice = new PrincipalId(UUID.randomUUID());
        var sealed = olderSeal("principal", alice.toString(), "of old");
        var month = olderSeal("month", "2025-01", "a month of old");
        assertThat(seals.open(HERE, sealed)).contains("of old");
        vault.forget(HERE, alice);
        assertThat(seals.open(HERE, sealed)).isEmpty();
        assertThat(seals.open(HERE, month)).contains("a month of old");
        vault.end(HERE, YearMonth.of(2025, 1));
        assertThat(seals.open(HERE, month)).isEmpty();
    }

    private Sealed olderSeal(String purpose, String subject, String clear) {
        var secret = new byte[32];
        var wrapped = MasterKey.in(properties.data(), true).wrap(secret, HERE + "/" + purpose + "/" + subject);
        long id = db.sql("INSERT INTO store.keys (tenant, purpose, subject, wrapped) VALUES (?, ?, ?, ?) RETURNING id")
                .params(HERE.value(), purpose, subject, wrapped)
                .query(Long.class)
                .single();
        var blob = Aead.seal(
                new SecretKeySpec(secret, "AES"),
                VaultKey.of(id, HERE, secret, false).boundTo(),
                clear.getBytes(UTF_8));
        return new Sealed(id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(blob));
    }

    @Test
    void aKeyOutlivesTheTransactionItWasMadeIn() {
        var january = Instant.parse("2020-01-01T00:00:00Z");
        var sealed = new Sealed[1];
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            sealed[0] = seals.seal(HERE, null, january, "kept");
            status.setRollbackOnly();
        });
        assertThat(afresh().open(HERE, sealed[0])).contains("kept");
    }

    @Test
    void pseudonymsAreStableWithinATenantAndTellNothingOutside() {
        var alice = pseudonyms.principal(HERE, "sshd", "alice");
        assertThat(pseudonyms.principal(HERE, "sshd", "alice")).isEqualTo(alice);
        assertThat(new VaultPseudonyms(Vault.open(database, properties.data())).principal(HERE, "sshd", "alice"))
                .isEqualTo(alice);
        assertThat(pseudonyms.principal(ELSEWHERE, "sshd", "alice")).isNotEqualTo(alice);
        assertThat(pseudonyms.principal(HERE, "sshda", "lice")).isNotEqualTo(alice);
        assertThat(pseudonyms.source(HERE, Address.of("192.0.2.1")))
                .isEqualTo(pseudonyms.source(HERE, Address.of("::ffff:192.0.2.1")));
        assertThat(pseudonyms.line(HERE, "auth.log", "line", 1))
                .isNotEqualTo(pseudonyms.line(HERE, "auth.log", "line", 2));
        assertThat(pseudonyms.named(HERE, "idp", "1").value().version()).isEqualTo(8);
    }

    @Test
    void theMasterKeyIsReadableByItsOwnerOnlyAndNotInTheDatabase() throws IOException {
        var file = properties.data().resolve("keys/master.key");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void withoutItsMasterKeyTheHouseDoesNotStart() {
        seals.seal(HERE, null, MARCH, "alice");
        assertThatThrownBy(() -> Vault.open(database, elsewhere))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("master.key is missing");
        assertThat(elsewhere.resolve("keys/master.key")).doesNotExist();
    }

    @Test
    void withAnotherMasterKeyTheHouseDoesNotStart() throws IOException {
        seals.seal(HERE, null, MARCH, "alice");
        Files.createDirectories(elsewhere.resolve("keys"));
        Files.writeString(elsewhere.resolve("keys/master.key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThatThrownBy(() -> Vault.open(database, elsewhere))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is not the one");
        Files.writeString(elsewhere.resolve("keys/master.key"), "short");
        assertThatThrownBy(() -> Vault.open(database, elsewhere))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void whoeverMovesAWrappedKeyToAnotherTenantGetsNothing() {
        var sealed = seals.seal(HERE, null, Instant.parse("2019-01-01T00:00:00Z"), "alice");
        var thief = afresh();
        db.sql("UPDATE store.keys SET tenant = ? WHERE id = ?")
                .params(UUID.randomUUID(), keyOf(sealed))
                .update();
        assertThatThrownBy(() -> thief.open(HERE, sealed)).hasMessageContaining("tampered");
        administrator
                .db()
                .sql("DELETE FROM store.keys WHERE id = ?")
                .param(keyOf(sealed))
                .update();
    }

    private VaultSeals afresh() {
        return new VaultSeals(Vault.open(database, properties.data()));
    }

    private static long keyOf(Sealed sealed) {
        return Long.parseLong(sealed.text().substring(0, sealed.text().indexOf('-')));
    }
}
