package io.velvetastro.decisions.push;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Puts the courier together, in the one room that calls outside. */
@Configuration
class PushConfiguration {
    @Bean
    Messenger recordMessenger(Reachable reachable) throws NoSuchAlgorithmException {
        return new Messenger(
                reachable,
                InetAddress::getAllByName,
                SSLContext.getDefault(),
                Messenger.Patience.USUAL,
                Courier.AT_ONCE);
    }

    @Bean
    Courier recordCourier(
            Pushes pushes,
            Entries entries,
            Messenger messenger,
            Reachable reachable,
            PushNews news,
            PlatformTransactionManager transactions,
            JsonMapper json,
            @Value("${velvet.record-push.pause-after:P5D}") Duration pauseAfter,
            Clock clock) {
        return new Courier(
                pushes,
                entries,
                messenger,
                reachable,
                news,
                new TransactionTemplate(transactions),
                json,
                pauseAfter,
                clock);
    }
}
