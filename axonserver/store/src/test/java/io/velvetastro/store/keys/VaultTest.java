package io.velvetastro.store.keys;

import static io.velvetastro.store.Logins.ELSEWHERE;
import static io.velvetastro.store.Logins.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Address;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.store.OnAFreshStore;
import io.velvetastro.store.StoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
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

    @Autowired
    Vault vault;

    @Autowired
    Seals seals;

    @Autowired
    Pseudonyms pseudonyms;

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient db;

    @Autowired
    StoreProperties properties;

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path elsewhere;

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
    void aDestroyedMonthTakesNoOtherMonthWithIt() {
        var march = seals.seal(ELSEWHERE, null, MARCH, "in march");
        var april = seals.seal(ELSEWHERE, null, APRIL, "in april");
        vault.destroy(ELSEWHERE, "2026-03");
        assertThat(seals.open(ELSEWHERE, march)).isEmpty();
        assertThat(seals.open(ELSEWHERE, april)).contains("in april");
        assertThat(afresh().open(ELSEWHERE, march)).isEmpty();
    }

    @Test
    void anErasedPrincipalIsForgottenAndMayComeBackAsSomeoneNew() {
        var alice = new PrincipalId(UUID.randomUUID());
        var before = seals.seal(HERE, alice, MARCH, "before");
        seals.acquaint(HERE, List.of(alice));
        var known = seals.seal(HERE, alice, MARCH, "known");
        assertThat(keyOf(known)).isNotEqualTo(keyOf(before));

        vault.destroy(HERE, alice);
        assertThat(seals.open(HERE, known)).isEmpty();
        seals.acquaint(HERE, List.of(alice));
        var again = seals.seal(HERE, alice, MARCH, "again");
        assertThat(seals.open(HERE, again)).contains("again");
        assertThat(seals.open(HERE, known)).isEmpty();
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
        db.sql("DELETE FROM store.keys WHERE id = ?").param(keyOf(sealed)).update();
    }

    private VaultSeals afresh() {
        return new VaultSeals(Vault.open(database, properties.data()));
    }

    private static long keyOf(Sealed sealed) {
        return Long.parseLong(sealed.text().substring(0, sealed.text().indexOf('.')));
    }
}
