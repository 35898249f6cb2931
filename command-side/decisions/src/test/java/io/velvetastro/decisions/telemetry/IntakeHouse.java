package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.plan.Allowance;
import io.velvetastro.decisions.plan.Allowances;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Receipts;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The intake on the real store behind a real port; who calls stands in a header, as {@code tenant role}. */
@Configuration
@ConditionalOnBooleanProperty("test.intake-house") // Other tests scan this package too.
@EnableAutoConfiguration
@EnableMethodSecurity
@ComponentScan({"io.velvetastro.decisions.telemetry", "io.velvetastro.decisions.web"})
public class IntakeHouse {
    static final String CALLER = "X-Test-Caller";

    @Bean
    SecurityFilterChain everyoneIsWhoTheySay(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterBefore(new CallerByHeader(), AuthorizationFilter.class)
                .build();
    }

    @Bean
    Allowances noPlanEnds() {
        return caller -> Allowance.UNLIMITED;
    }

    /** A notary that writes down which ids it was asked for. */
    @Bean
    Receipts plainReceipts() {
        return (tenant, events) -> List.of(
                "promised " + events.size() + " of " + Set.copyOf(events).size());
    }

    private static final class CallerByHeader extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var header = request.getHeader(CALLER);
            if (header != null) {
                var words = header.split(" ");
                var role = Role.valueOf(words[1]);
                var caller = new Caller(
                        TenantId.of(words[0]),
                        new MemberId(new UUID(9, 9)),
                        role,
                        "T",
                        "t@example.org",
                        "Org",
                        Plan.FREE);
                var authorities =
                        role.authorities().stream().map(it -> it.text()).toArray(String[]::new);
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                                caller, null, AuthorityUtils.createAuthorityList(authorities)));
            }
            chain.doFilter(request, response);
        }
    }
}
