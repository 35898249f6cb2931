package io.velvetastro.decisions.door;

import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.RoomRole;
import io.velvetastro.questions.Proof;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import tools.jackson.databind.json.JsonMapper;

/** Every decision passes the same door, whoever asks for it. */
@Configuration
class DoorConfiguration {
    /** Inside Spring Security's chain, which stands at -100 and says who asks. */
    private static final int INSIDE_SECURITY = -90;

    /** Before it: whoever is led to the form has a session already. After what says where a request comes from. */
    private static final int BEFORE_SECURITY = -104;

    @Bean
    static RoomRole decisionsRole() {
        return new RoomRole("velvet_decisions");
    }

    @Bean(initMethod = "migrate")
    Flyway decisionsMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
                .schemas("decisions")
                .locations("classpath:db/decisions")
                .load();
    }

    @Bean
    Proxies proxies(Environment settings) {
        return Proxies.in(settings);
    }

    @Bean
    @DependsOn("decisionsMigrations")
    Answered answered(DataSource database, Clock clock) {
        return new Answered(JdbcClient.create(database), clock);
    }

    @Bean
    FilterRegistrationBean<Pace> pace(
            JsonMapper json,
            @Value("${velvet.pace.requests-a-second:200}") double aSecond,
            @Value("${velvet.pace.at-once:2000}") double atOnce) {
        var filter = new FilterRegistrationBean<>(new Pace(aSecond, atOnce, System::nanoTime, json));
        filter.setOrder(INSIDE_SECURITY);
        return filter;
    }

    @Bean
    FilterRegistrationBean<PaceOfStrangers> paceOfStrangers(
            @Value("${velvet.pace.requests-a-second:200}") double aSecond,
            @Value("${velvet.pace.at-once:2000}") double atOnce) {
        var filter = new FilterRegistrationBean<>(new PaceOfStrangers(aSecond / 2, atOnce / 2, System::nanoTime));
        filter.setOrder(BEFORE_SECURITY);
        return filter;
    }

    @Bean
    ServletListenerRegistrationBean<SessionsOfStrangers> sessionsOfStrangers(
            @Value("${velvet.session.strangers:2000}") int most) {
        return new ServletListenerRegistrationBean<>(new SessionsOfStrangers(most));
    }

    /** Replicas of a room, and rooms in processes of their own, hold one organisation to one quota together. */
    @Bean
    @DependsOn("decisionsMigrations")
    Tallies tallies(DataSource database, FilterRegistrationBean<Pace> pace, ObjectProvider<Tally> others) {
        var process = ManagementFactory.getRuntimeMXBean().getName();
        var all = Stream.concat(Stream.of(Objects.requireNonNull(pace.getFilter())), others.stream());
        return new Tallies(JdbcClient.create(database), process, all.toList()).started();
    }

    /** The intake has its own way of telling a repetition, for far larger bodies. */
    @Bean
    FilterRegistrationBean<Once> once(Answered answered, JsonMapper json) {
        var filter = new FilterRegistrationBean<>(new Once(answered, json));
        filter.setOrder(INSIDE_SECURITY);
        filter.addUrlPatterns("/api/v1/defense/*", "/api/v1/incidents/*");
        return filter;
    }

    @Bean
    Sweeping sweeping(Answered answered, Clock clock) {
        return new Sweeping(answered, clock);
    }

    @Autowired
    void commandsHaveACallerAndMissingIsNotFound(CommandBus commands, Proof proof) {
        commands.registerDispatchInterceptor(new KnownCaller(proof));
        commands.registerHandlerInterceptor(new MissingIsNotFound());
    }

    /** Forgets the answers that nobody may ask for any more. */
    record Sweeping(Answered answered, Clock clock) {
        @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT1H")
        void sweep() {
            answered.forgetBefore(clock.instant().minus(Answered.KEPT));
        }
    }
}
