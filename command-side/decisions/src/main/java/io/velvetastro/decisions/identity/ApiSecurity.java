package io.velvetastro.decisions.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.velvetastro.language.Authority;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/** The door for programs: a bearer token in every call, no cookie, no session. */
@Configuration
@EnableMethodSecurity
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Velvet Astro",
                        version = "v1",
                        description = "Watches logins, understands attacks, answers them, and can prove what it saw."),
        security = @SecurityRequirement(name = "bearer"))
@SecurityScheme(
        name = "bearer",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT or va_ key",
        description = "The accessToken of POST /api/v1/auth/login, or the key of a service account")
class ApiSecurity {
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain programs(
            HttpSecurity http, Sessions sessions, ApiKeys keys, JwtDecoder accessTokens, JsonMapper json)
            throws Exception {
        var problems = new DoorProblems(json);
        var members = new JwtAuthenticationProvider(accessTokens);
        members.setJwtAuthenticationConverter(new CallerOfToken(sessions));
        var bearers = new Bearers(keys, new ProviderManager(members));
        return http.securityMatcher(
                        "/api/**",
                        "/.well-known/**",
                        "/v3/api-docs/**",
                        "/docs",
                        "/docs/**",
                        "/swagger-ui/**",
                        "/actuator/**",
                        "/setup",
                        "/setup/**",
                        "/join",
                        "/join/**")
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers("/api/v1/auth/login", "/api/v1/auth/refresh")
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.POST,
                                        "/api/v1/auth/mfa",
                                        "/api/v1/auth/mfa/enrol",
                                        "/api/v1/auth/register",
                                        "/api/v1/auth/verify",
                                        "/api/v1/auth/password/forgot",
                                        "/api/v1/auth/password/reset",
                                        "/api/v1/auth/not-me",
                                        "/api/v1/auth/passkeys/login/options",
                                        "/api/v1/auth/passkeys/login")
                                .permitAll()
                                .requestMatchers(
                                        "/.well-known/**",
                                        "/v3/api-docs/**",
                                        "/docs",
                                        "/docs/**",
                                        "/swagger-ui/**",
                                        "/setup",
                                        "/setup/**",
                                        "/join",
                                        "/join/**")
                                .permitAll()
                                // What auditors need of the ledger is public, and says nothing about anybody.
                                .requestMatchers(
                                        "/api/v1/forensics/checkpoint",
                                        "/api/v1/forensics/key",
                                        "/api/v1/forensics/witness",
                                        "/api/v1/forensics/tile/**")
                                .permitAll()
                                .requestMatchers("/actuator/health/**", "/actuator/health")
                                .permitAll()
                                .requestMatchers("/actuator/**")
                                .hasAuthority(Authority.Text.PLATFORM_ADMIN)
                                .anyRequest()
                                .authenticated())
                .oauth2ResourceServer(tokens -> tokens.authenticationManagerResolver(request -> bearers)
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)
                        .withObjectPostProcessor(new ObjectPostProcessor<BearerTokenAuthenticationFilter>() {
                            @Override
                            public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                                filter.setAuthenticationFailureHandler(problems);
                                return filter;
                            }
                        }))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // No cookie opens this door, so no other site can use one.
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(ApiSecurity::strict)
                .build();
    }

    private static void strict(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .contentTypeOptions(Customizer.withDefaults())
                .withObjectPostProcessor(new ObjectPostProcessor<HeaderWriterFilter>() {
                    @Override
                    public <F extends HeaderWriterFilter> F postProcess(F filter) {
                        filter.setShouldWriteHeadersEagerly(
                                true); // Streams and errors commit before the chain returns.
                        return filter;
                    }
                });
    }

    /** Takes RS256 with our own key and nothing else: what a token's header says about keys is not looked at. */
    @Bean
    JwtDecoder accessTokens(HouseKeys keys, Clock clock, @Value("${velvet.token.issuer:velvet-astro}") String issuer) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(Tokens.TYPE));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, new ImmutableJWKSet<>(new JWKSet(keys.published()))));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // Below, with a clock that tests can turn.
        var decoder = new NimbusJwtDecoder(processor);
        var times = new JwtTimestampValidator(Duration.ZERO);
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                List.of(times, new JwtIssuerValidator(issuer), new JwtAudienceValidator(Tokens.AUDIENCE))));
        return new SeenTokens(decoder, times);
    }

    /** Timing every filter of the door cost more than the door. Requests are timed as a whole. */
    @Bean
    SecurityObservationSettings doorsAreNotTimed() {
        return SecurityObservationSettings.noObservations();
    }
}
