package io.velvetastro.store.axon;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What waits for a time waits in the database: Axon's own deadlines live in memory and die with the process. */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        beforeName = "org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration")
class DeadlinesAutoConfiguration {
    @Bean(destroyMethod = "stop")
    @DependsOn("storeMigrations")
    Scheduler deadlines(DataSource database, ObjectProvider<Task<?>> tasks) {
        // Written as JSON, like all else: what Java serialises can run code when it is read.
        var json = new JacksonSerializer(mapper -> mapper.setVisibility(PropertyAccessor.ALL, Visibility.NONE)
                .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                .setVisibility(PropertyAccessor.CREATOR, Visibility.ANY));
        return Scheduler.create(
                        new TransactionAwareDataSourceProxy(database),
                        List.copyOf(tasks.stream().toList()))
                .tableName("store.scheduled_tasks")
                .serializer(json)
                .threads(2)
                .pollingInterval(Duration.ofSeconds(1))
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
    }

    /** Nobody else starts it; unstarted, the rows would lie there for ever. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> deadlinesBegin(Scheduler deadlines) {
        return ready -> deadlines.start();
    }
}
