package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.door.SealedSecrets;
import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.decisions.push.AskedEntries;
import io.velvetastro.decisions.push.Entries;
import io.velvetastro.decisions.push.Pushes;
import io.velvetastro.decisions.push.Reachable;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.Network;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is said about the record's way out, in every process with a door; who takes it there is in one room only. */
@Configuration
class RecordPushConfiguration {
    @Bean
    @DependsOn("identityMigrations")
    Pushes recordPushes(DataSource database, HouseKeys keys, Clock clock) {
        return new Pushes(JdbcClient.create(database), new SealedSecrets(keys.secretFor("record-push")), clock);
    }

    @Bean
    Entries recordEntries(QueryGateway queries) {
        return new AskedEntries(queries);
    }

    @Bean
    Reachable reachable(
            @Value("${velvet.record-push.allow:}") List<String> allow,
            @Value("${velvet.record-push.ports:443,8443}") Set<Integer> ports,
            JdbcConnectionDetails database) {
        return new Reachable(
                allow.stream().map(RecordPushConfiguration::network).toList(), ports, database.getJdbcUrl());
    }

    @Bean
    RecordPushes recordPush(
            Pushes pushes,
            Entries entries,
            Reachable reachable,
            FreshProof proof,
            AccessRecord record,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new RecordPushes(
                pushes, entries, reachable, proof, record, new TransactionTemplate(transactions), clock);
    }

    @Bean
    RecordPushLetters recordPushLetters(DataSource database, Outbox outbox, HouseAddress house, AccessRecord record) {
        return new RecordPushLetters(JdbcClient.create(database), outbox, house, record);
    }

    @Bean
    RecordPushHealth recordPushHealth(Pushes pushes) {
        return new RecordPushHealth(pushes);
    }

    private static Network network(String text) {
        try {
            return Network.of(text.strip());
        } catch (IllegalArgumentException none) {
            throw new CannotStart(
                    CannotStart.Because.USAGE,
                    "velvet.record-push.allow holds networks, such as 10.0.0.0/8; this is none: " + text);
        }
    }
}
