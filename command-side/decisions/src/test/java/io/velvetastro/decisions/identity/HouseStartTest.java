package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.TurnedClock;
import io.velvetastro.language.AccessCommand.RecordAccess;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.store.testing.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A demo and a production house are never mistaken for each other, and neither opens with keys that are missing or known. */
class HouseStartTest {
    /** Made once: it takes a second. */
    private static HouseKeys keys;

    @TempDir
    Path data;

    @BeforeAll
    static void makeKeys(@TempDir Path elsewhere) {
        keys = HouseKeys.of(elsewhere);
    }

    private final IdentityConfiguration house = new IdentityConfiguration();
    private final Passwords passwords = new Passwords();
    private DataSourceTransactionManager transactions;
    private People people;

    @BeforeEach
    void anEmptyHouse() {
        var database = new DriverManagerDataSource(FreshDatabase.url(), "postgres", "");
        transactions = new DataSourceTransactionManager(database);
        house.identityMigrations(() -> database).migrate();
        people = house.people(database, new TurnedClock());
    }

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void theFirstDemoStartMakesTheDocumentedLoginAndMarksItsData() {
        startDemo();
        assertThat(people.areDemo()).isTrue();
        assertThat(passwords.fits(
                        "password",
                        people.by(new Email("admin@velvet.com")).orElseThrow().phc()))
                .isTrue();
        startDemo();
        assertThat(people.of(DemoHouse.ORGANIZATION)).hasSize(1);
    }

    @Test
    void aProductionHouseHasNoAccountButASetupToken() {
        var setup = startProduction();
        assertThat(people.areNone()).isTrue();
        assertThat(setup.token().orElseThrow()).hasSize(43); // 256 bits
    }

    @Test
    void theSetupTokenOutlivesARestartAndBelongsToThisHouseAlone() {
        var token = startProduction().token();
        assertThat(startProduction().token()).isEqualTo(token);
        assertThat(startProduction(HouseKeys.of(data)).token())
                .as("who has the database has no token")
                .isNotEqualTo(token);
        assertThat(people.useSetupNumber()).isTrue();
        assertThat(startProduction().token())
                .as("who has seen the token of a house has none for the next on the same keys")
                .isNotEqualTo(token);
    }

    @Test
    void theSetupTokenIsUsedUpInEveryProcessOfTheHouse() {
        var here = startProduction();
        var elsewhere = startProduction();
        assertThat(here.begin("Acme", "Grace", new Email("grace@example.org"), "correct horse battery staple"))
                .isTrue();
        assertThat(elsewhere.begin("Eve", "Eve", new Email("eve@example.org"), "correct horse battery staple"))
                .isFalse();
        assertThat(people.by(new Email("eve@example.org"))).isEmpty();
        assertThat(elsewhere.isDue()).isFalse();
    }

    @Test
    void theSetupTokenDiesWithItsFirstUse() {
        var setup = startProduction();
        var token = setup.token().orElseThrow();
        assertThat(setup.knows(token)).isTrue();
        assertThat(setup.knows(token.substring(1))).isFalse();
        assertThat(setup.begin("Acme", "Grace", new Email("grace@example.org"), "correct horse battery staple"))
                .isTrue();
        assertThat(setup.knows(token)).isFalse();
        assertThat(setup.begin("Acme", "Eve", new Email("eve@example.org"), "correct horse battery staple"))
                .isFalse();
        assertThat(people.by(new Email("eve@example.org"))).isEmpty();
        assertThat(startProduction().token()).isEmpty();
    }

    @Test
    void aPasswordThatCanBeGuessedWillNotDo() {
        var grace = new Email("grace@example.org");
        for (var weak : new String[] {
            "password", "short", "password1234", "grace@example.org", "Acme Acme Acme", "qwertyuiop123"
        }) {
            assertThat(new PasswordRules().objection(weak, grace, "Acme"))
                    .as(weak)
                    .isPresent();
        }
        assertThat(new PasswordRules().objection("correct horse battery staple", grace, "Acme"))
                .isEmpty();
    }

    @Test
    void productionRefusesTheDataOfADemo() {
        startDemo();
        assertThatThrownBy(this::startProduction)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("belongs to a demo");
    }

    @Test
    void productionRefusesTheDocumentedPassword() {
        admit("admin@velvet.com", "password");
        assertThatThrownBy(this::startProduction)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("documented demo password");
    }

    @Test
    void productionTakesTheDocumentedEmailWithAnotherPassword() {
        admit("admin@velvet.com", "correct horse battery staple");
        assertThat(startProduction().token()).isEmpty();
    }

    @Test
    void theDemoRefusesTheDataOfAProductionHouse() {
        admit("grace@example.org", "correct horse battery staple");
        assertThatThrownBy(this::startDemo).isInstanceOf(CannotStart.class).hasMessageContaining("production house");
        assertThat(people.by(DemoHouse.EMAIL)).isEmpty();
    }

    @Test
    void aHouseWithMembersRefusesToStartWithoutItsKeys() {
        admit("grace@example.org", "correct horse battery staple");
        assertThatThrownBy(() -> house.houseKeys(people, data))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("keys are missing");
    }

    @Test
    void theKeyIsMadeOnceAndForTheOwnersEyesOnly() throws IOException {
        var first = house.houseKeys(people, data);
        admit("grace@example.org", "correct horse battery staple");
        assertThat(house.houseKeys(people, data).published()).isEqualTo(first.published());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(HouseKeys.fileIn(data))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyFromABookIsRefused() throws IOException {
        write("""
                {"kty":"RSA","e":"AQAB",
                "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
                "d":"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"}
                """);
        assertThatThrownBy(() -> house.houseKeys(people, data))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("published sample key");
    }

    @Test
    void aDamagedKeyFileIsSaidToBeThat() throws IOException {
        for (var damaged : new String[] {
            "", "{", "[]", "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}", "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"AQAB\"}"
        }) {
            write(damaged);
            assertThatThrownBy(() -> house.houseKeys(people, data))
                    .as(damaged)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("key file");
        }
    }

    private void startDemo() {
        house.setup(people, passwords, keys, record(), transactions, new TurnedClock(), true);
    }

    private Setup startProduction() {
        return startProduction(keys);
    }

    private Setup startProduction(HouseKeys with) {
        return house.setup(people, passwords, with, record(), transactions, new TurnedClock(), false);
    }

    /** Whoever hears what is to be kept: here, nobody. */
    private static AccessRecord record() {
        var bus = SimpleCommandBus.builder().build();
        bus.subscribe(RecordAccess.class.getName(), order -> null);
        return new AccessRecord(DefaultCommandGateway.builder().commandBus(bus).build());
    }

    private void admit(String email, String password) {
        var organization = new TenantId(UUID.randomUUID());
        people.found(organization, "Acme", Plan.PRO);
        people.admit(organization, "Grace", new Email(email), passwords.hash(password), Role.ORG_ADMIN);
    }

    private void write(String key) throws IOException {
        Files.createDirectories(HouseKeys.fileIn(data).getParent());
        Files.writeString(HouseKeys.fileIn(data), key);
    }
}
