package io.velvetastro.screens.door;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.velvetastro.questions.AtTheDoor;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Lets browsers in by session. What the form posts is checked by whatever {@code AuthenticationProvider} the house has; screens know no password. */
@Configuration
class BrowserSecurity {
    /** Vaadin's bootstrap is inline and compiles templates, so scripts cannot be held tighter yet; everything else is. */
    private static final String POLICY =
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
                    + "form-action 'self'; frame-src 'none'; frame-ancestors 'none'";

    private static final String[] BEFORE_SIGN_IN = {"/velvet/**", "/_static/**", "/aura/**", "/favicon.ico"};

    @Bean
    @Order(2)
    SecurityFilterChain browsers(HttpSecurity http, ObjectProvider<AtTheDoor> door) throws Exception {
        var wayIn = new WayBackIn(door);
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers(BEFORE_SIGN_IN).permitAll())
                .exceptionHandling(refused -> refused.defaultAuthenticationEntryPointFor(wayIn, wayIn::isForWhoWasIn))
                .formLogin(form -> form.loginPage(
                                "/login") // Named here too, or Spring draws its own before Vaadin can name it.
                        .loginProcessingUrl("/session")
                        .usernameParameter("email")
                        .passwordParameter("password")
                        .failureHandler(new SignInRefused()))
                .httpBasic(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.changeSessionId()))
                .headers(BrowserSecurity::onEveryPage)
                .with(
                        VaadinSecurityConfigurer.vaadin(),
                        vaadin -> vaadin.loginView("/login", "/login")
                                .defaultSuccessUrl("/dashboard")
                                // An address that is no screen gets the page that says so, not an empty refusal.
                                .anyRequest(AuthorizeHttpRequestsConfigurer.AuthorizedUrl::authenticated))
                .build();
    }

    /** An address that no page can have is refused before the headers of pages are written; what says so to people has them all the same. */
    @Bean
    RequestRejectedHandler refusedAddress() {
        return (request, response, why) -> {
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Referrer-Policy", ReferrerPolicy.SAME_ORIGIN.getPolicy());
            response.setHeader("Cache-Control", "no-store");
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        };
    }

    private static void onEveryPage(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .contentTypeOptions(Customizer.withDefaults())
                .withObjectPostProcessor(new ObjectPostProcessor<HeaderWriterFilter>() {
                    @Override
                    public <F extends HeaderWriterFilter> F postProcess(F filter) {
                        filter.setShouldWriteHeadersEagerly(
                                true); // Vaadin's pages commit before the chain returns and would lose them.
                        return filter;
                    }
                });
    }
}
