package io.velvetastro.views;

import io.velvetastro.language.Attendance;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The read side on the real store behind a real port; who calls stands in a header, as {@code tenant role}, and {@code plan} where it matters. */
@Configuration
@EnableAutoConfiguration
@EnableMethodSecurity
@ComponentScan("io.velvetastro.views")
public class ReadHouse {
    public static final String CALLER = "X-Test-Caller";

    @Bean
    @Primary
    OpenSeals openSeals() {
        return new OpenSeals();
    }

    /** The suite runs once more like this: readers forget to say whose rows they mean. */
    @Bean
    @ConditionalOnProperty(name = "velvet.test.predicates", havingValue = "forgotten")
    static BeanPostProcessor withoutPredicates() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("walledQuestions") ? WithoutPredicates.in((DSLContext) bean) : bean;
            }
        };
    }

    @Bean
    KnownMembers knownMembers() {
        return new KnownMembers();
    }

    /** Stands in for those who keep the members. Each test has an organisation of its own: all share one house. */
    static class KnownMembers {
        private static final Set<TenantId> PEOPLED = Set.of(
                Stories.tenant("people"), Stories.tenant("people on record"), Stories.tenant("people of custody"));

        @QueryHandler
        public MemberListAnswer answer(MemberList asked) {
            return PEOPLED.contains(asked.tenant())
                    ? new MemberListAnswer(List.of(
                            new MemberRow(Stories.member("mira"), "Mira Solberg", "m@example.org", Role.IT_SECURITY),
                            new MemberRow(Stories.member("lead"), "Lead of people", "l@example.org", Role.ORG_ADMIN)))
                    : new MemberListAnswer(List.of());
        }
    }

    @Bean
    KnownListeners knownListeners() {
        return new KnownListeners();
    }

    /** Stands in for those who know whose session still stands. */
    public static class KnownListeners implements Attendance {
        private final Set<TenantId> over = ConcurrentHashMap.newKeySet();

        /** Nobody of this organisation is in any more. */
        public void endThoseOf(TenantId tenant) {
            over.add(tenant);
        }

        @Override
        public Set<Principal> unchangedAmong(Collection<? extends Principal> listening) {
            return listening.stream()
                    .filter(one -> one instanceof Authentication in
                            && in.getPrincipal() instanceof Caller caller
                            && !over.contains(caller.tenant()))
                    .collect(Collectors.toSet());
        }
    }

    @Bean
    SecurityFilterChain everyoneIsWhoTheySay(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterBefore(new CallerByHeader(), AuthorizationFilter.class)
                .build();
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
                        words.length > 2 ? Plan.valueOf(words[2]) : Plan.FREE);
                var authorities =
                        role.authorities().stream().map(it -> it.text()).toArray(String[]::new);
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                                caller, null, AuthorityUtils.createAuthorityList(authorities)));
            }
            chain.doFilter(request, response);
        }

        /** The end of a stream comes by another dispatch of the same request. */
        @Override
        protected boolean shouldNotFilterAsyncDispatch() {
            return false;
        }
    }
}
