package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.store.testing.FreshDatabase;
import jakarta.servlet.Filter;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** What people who have not signed in may take of the house's memory and time, in a house that gives little of both. Each test comes from addresses of its own. */
@SpringBootTest(
        classes = {VelvetAstro.class, StrangersAtTheDoorTest.Addresses.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "velvet.demo.traffic=false",
            "velvet.session.strangers=20",
            "velvet.pace.requests-a-second=0.02", // However slow the machine is, nothing comes back meanwhile.
            "velvet.pace.at-once=120"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
@ActiveProfiles("demo")
class StrangersAtTheDoorTest {
    private static final Pattern PAGE = Pattern.compile("\"v-uiId\":(\\d+)");

    @LocalServerPort
    int port;

    @TestConfiguration
    static class Addresses {
        @Bean
        FilterRegistrationBean<Filter> addressesAreBelieved() {
            return Visitor.believed();
        }
    }

    @Test
    void whoOpensSessionsWithoutEndLosesTheirOwn() {
        var typing = from("203.0.113.1");
        typing.get("/login");
        var many = new ArrayList<Visitor>();
        for (int i = 0; i < 40; i++) {
            many.add(from("203.0.113.2"));
            many.getLast().get(i % 2 == 0 ? "/dashboard" : "/login");
        }
        assertThat(typing.isKnown()).isTrue();
        assertThat(many.getLast().isKnown()).isTrue();
        assertThat(many.getFirst().isKnown()).isFalse();
    }

    @Test
    void whoHasSignedInStaysHoweverManyComeFromTheirAddress() {
        var inside = from("203.0.113.3").signedIn();
        for (int i = 0; i < 40; i++) from("203.0.113.3").get("/login");
        assertThat(inside.get("/dashboard").statusCode()).isEqualTo(200);
    }

    @Test
    void whoAsksForPagesWithoutEndWaitsAndNobodyElseDoes() {
        var colleague = from("203.0.113.4").signedIn();
        var answers = Stream.generate(() -> from("203.0.113.4").get("/dashboard"))
                .limit(61)
                .map(HttpResponse::statusCode)
                .toList();
        assertThat(answers).startsWith(302).endsWith(429);
        assertThat(from("203.0.113.5").get("/dashboard").statusCode())
                .as("from elsewhere")
                .isEqualTo(302);
        assertThat(colleague.get("/dashboard").statusCode())
                .as("who is in, from the same address")
                .isEqualTo(200);
        for (var path : List.of("/velvet/tokens.css", "/api/v1/forensics/key"))
            assertThat(from("203.0.113.4").get(path).statusCode()).as(path).isEqualTo(200);
        assertThat(from("203.0.113.4").get("/actuator/health").statusCode()).isNotEqualTo(429);
    }

    @Test
    void aFileThatIsNotThereLeavesNoSession() {
        for (var path : List.of("/velvet/none.css", "/VAADIN/build/none.js", "/aura/none", "/favicon.ico")) {
            var visitor = from("203.0.113.6");
            visitor.get("/login");
            visitor.get(path);
            assertThat(visitor.isKnown()).as(path + " with a session").isTrue();
            var stranger = from("203.0.113.6");
            if (stranger.get(path).headers().firstValue("Set-Cookie").isPresent())
                assertThat(stranger.isKnown()).as(path).isFalse();
        }
    }

    @Test
    void aBrowserThatNobodyHasSignedInWithHasThreePages() {
        var visitor = from("203.0.113.7");
        var pages = Stream.generate(() -> opened(visitor)).limit(5).toList();
        assertThat(pages.stream().map(visitor::heartbeat))
                .satisfiesExactly(
                        first -> assertThat(first).isNotEqualTo(200),
                        second -> assertThat(second).isNotEqualTo(200),
                        third -> assertThat(third).isEqualTo(200),
                        fourth -> assertThat(fourth).isEqualTo(200),
                        last -> assertThat(last).isEqualTo(200));
        var member = from("203.0.113.8").signedIn();
        var more = Stream.generate(() -> opened(member)).limit(5).toList();
        assertThat(more.stream().map(member::heartbeat)).containsOnly(200);
    }

    /** Its number. */
    private static String opened(Visitor visitor) {
        var page = PAGE.matcher(visitor.get("/?v-r=init&location=login&query=").body());
        assertThat(page.find()).isTrue();
        return page.group(1);
    }

    private Visitor from(String address) {
        return new Visitor(port, address);
    }
}
