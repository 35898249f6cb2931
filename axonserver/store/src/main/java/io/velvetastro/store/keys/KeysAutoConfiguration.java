package io.velvetastro.store.keys;

import io.velvetastro.store.StoreProperties;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;

/** Opens the vault, and gives the rooms the two doors to it. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
class KeysAutoConfiguration {
    @Bean
    @DependsOn("storeMigrations")
    Vault vault(DataSource database, StoreProperties properties) {
        return Vault.open(database, properties.data());
    }

    @Bean
    VaultSeals seals(Vault vault) {
        return new VaultSeals(vault);
    }

    @Bean
    VaultPseudonyms pseudonyms(Vault vault) {
        return new VaultPseudonyms(vault);
    }
}
