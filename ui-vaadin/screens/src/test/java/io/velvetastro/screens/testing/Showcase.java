package io.velvetastro.screens.testing;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import io.velvetastro.language.Caller;
import io.velvetastro.language.PrincipalId;
import io.velvetastro.language.Role;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Attacks.AttacksChanged;
import io.velvetastro.questions.Monitor.TrafficChanged;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The screens alone with invented rows, for looking at them: {@code showcase.mode} is {@code data}, {@code empty} or
 * {@code error}. Needs the front end that the app module builds on its class path.
 */
@EnableAutoConfiguration
@ComponentScan(
        basePackages = "io.velvetastro.screens",
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "io\\.velvetastro\\.screens\\.door\\..*"))
@EnableVaadin("io.velvetastro")
public class Showcase {

    public static void main(String... arguments) {
        SpringApplication.run(Showcase.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    FakeRooms rooms(Clock clock) {
        var rooms = new FakeRooms();
        switch (System.getProperty("showcase.mode", "data")) {
            case "empty" -> Rows.none(rooms);
            case "error" -> {}
            default -> {
                Rows.some(rooms, clock);
                Thread.ofVirtual().start(() -> live(rooms));
            }
        }
        return rooms;
    }

    private static void live(FakeRooms rooms) {
        while (!Thread.interrupted()) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofSeconds(4).toNanos());
            rooms.tell(new AttacksChanged(Sample.TENANT));
            rooms.tell(new TrafficChanged(Sample.TENANT));
        }
    }

    @Bean
    QueryGateway queries(FakeRooms rooms) {
        return rooms.queries();
    }

    @Bean
    CommandGateway commands(FakeRooms rooms) {
        return rooms.commands();
    }

    @Bean
    FakeOwnAccount ownAccount(Clock clock) {
        return new FakeOwnAccount(clock.instant());
    }

    @Bean
    FakeServiceAccounts serviceAccounts(Clock clock) {
        return new FakeServiceAccounts(clock.instant());
    }

    @Bean
    FakeMembership membership(Clock clock) {
        return new FakeMembership(clock.instant());
    }

    @Bean
    FakeOrganizations organizations(Clock clock) {
        return new FakeOrganizations(clock.instant());
    }

    @Bean
    FakeRecordPush recordPush(Clock clock) {
        return new FakeRecordPush(clock.instant());
    }

    @Bean
    FakeLetterBox letterBox(Clock clock) {
        return new FakeLetterBox(clock.instant());
    }

    @Bean
    Seals seals() {
        return new PlainSeals();
    }

    @Bean
    SecurityFilterChain everyoneIsMira(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .addFilterBefore(new Mira(), AnonymousAuthenticationFilter.class)
                .build();
    }

    /** Signs everyone in, but for those who look at the way in. */
    private static class Mira extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
                throws ServletException, IOException {
            var referer = Optional.ofNullable(request.getHeader("Referer")).orElse("");
            if (!request.getRequestURI().contains("login") && !referer.contains("/login")) {
                Caller mira = Sample.caller(Role.valueOf(System.getProperty("showcase.role", "IT_SECURITY")));
                SecurityContextHolder.getContext()
                        .setAuthentication(new TestingAuthenticationToken(mira, "", "ROLE_USER"));
            }
            rest.doFilter(request, response);
        }
    }

    /** Seals that hide nothing: tests read what was sealed. */
    public static class PlainSeals implements Seals {
        @Override
        public Sealed seal(TenantId tenant, @Nullable PrincipalId principal, Instant at, String clear) {
            return new Sealed("sealed:" + clear);
        }

        @Override
        public Optional<String> open(TenantId tenant, Sealed sealed) {
            return Optional.of(sealed.text().substring("sealed:".length()));
        }
    }
}
