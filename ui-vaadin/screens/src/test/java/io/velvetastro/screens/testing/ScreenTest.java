package io.velvetastro.screens.testing;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.dom.DomEvent;
import com.vaadin.flow.internal.nodefeature.ElementListenerMap;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Role;
import io.velvetastro.language.Seals;
import io.velvetastro.questions.EvidenceDoor;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.desk.DeskTime;
import io.velvetastro.screens.parts.RowGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.node.JsonNodeFactory;

/** A screen opened by Mira at noon, with the other rooms played by hand. */
@SpringBootTest(classes = ScreenTest.Wiring.class, properties = "velvet.demo.enabled=true")
@ViewPackages(packages = "io.velvetastro.screens")
public abstract class ScreenTest extends SpringBrowserlessTest {
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Autowired
    protected Beat beat;

    @Autowired
    private Switchboard switchboard;

    protected FakeRooms rooms;

    /** The quarter of a second in which notes gather; it passes when a test says so. */
    public static class Beat implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        @Override
        public void execute(Runnable work) {
            waiting.add(work);
        }

        public void pass() {
            for (var work = waiting.poll(); work != null; work = waiting.poll()) work.run();
        }

        public int waiting() {
            return waiting.size();
        }
    }

    /** One context serves all tests, each with rooms of its own. */
    static class Switchboard {
        FakeRooms rooms = new FakeRooms();
        FakeOwnAccount own = new FakeOwnAccount(NOON);
    }

    @Import(Desk.class)
    static class Wiring {
        @Bean
        Beat beat() {
            return new Beat();
        }

        @Bean
        Switchboard switchboard() {
            return new Switchboard();
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOON, ZoneOffset.UTC);
        }

        @Bean
        DeskTime deskTime(Clock clock, Beat beat) {
            return new DeskTime(clock, Runnable::run, beat);
        }

        @Bean
        AuthenticationContext who() {
            return new AuthenticationContext();
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        FakeOwnAccount ownAccount(Switchboard switchboard) {
            return switchboard.own;
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        FakeServiceAccounts serviceAccounts(Clock clock) {
            return new FakeServiceAccounts(clock.instant());
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        FakeMembership membership(Clock clock) {
            return new FakeMembership(clock.instant());
        }

        @Bean
        FakeOrganizations organizations(Clock clock) {
            return new FakeOrganizations(clock.instant());
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        FakeRecordPush recordPush(Clock clock) {
            return new FakeRecordPush(clock.instant());
        }

        @Bean
        FakeLetterBox letterBox(Clock clock) {
            return new FakeLetterBox(clock.instant());
        }

        @Bean
        FakeDoor atTheDoor() {
            return new FakeDoor();
        }

        @Bean
        Seals seals() {
            return new Showcase.PlainSeals();
        }

        @Bean
        EvidenceDoor evidence(Switchboard switchboard) {
            return (caller, wanted, reason) -> {
                switchboard.rooms.ordered.add(wanted);
                switchboard.rooms.ordered.add(reason);
                try {
                    return Files.writeString(Files.createTempFile("sample", ".zip"), "evidence");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        QueryGateway queries(Switchboard switchboard) {
            return switchboard.rooms.queries();
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        CommandGateway commands(Switchboard switchboard) {
            return switchboard.rooms.commands();
        }
    }

    @Override
    @BeforeEach
    protected void initVaadinEnvironment() {
        aBusyDay(); // Before the first screen is opened.
        super.initVaadinEnvironment();
        open("not-allowed"); // So that every test opens its screen anew.
    }

    private void aBusyDay() {
        rooms = new FakeRooms();
        switchboard.own = new FakeOwnAccount(NOON);
        switchboard.rooms = rooms;
        Rows.some(rooms, Clock.fixed(NOON, ZoneOffset.UTC));
        signedInAs(Role.IT_SECURITY);
    }

    @AfterEach
    void signedOut() {
        SecurityContextHolder.clearContext();
    }

    protected void signedInAs(Role role) {
        signedInAs(Sample.caller(role));
    }

    private static void signedInAs(Caller caller) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(caller, "", "ROLE_USER"));
    }

    /** Opens a place as the address bar would, parameters and all. */
    protected <V extends Component> V at(String address, Class<V> view) {
        open(address);
        return find(view).single();
    }

    protected void open(String address) {
        var parts = address.split("\\?", 2);
        UI.getCurrent()
                .navigate(parts[0], parts.length == 1 ? QueryParameters.empty() : QueryParameters.fromString(parts[1]));
    }

    /** Leaves, and comes back as somebody else. */
    protected void signedInAgainAs(Role role) {
        cleanVaadinEnvironment();
        signedInAs(role);
        super.initVaadinEnvironment();
    }

    /** Leaves, and comes back as one whom the plan has no room for. */
    protected void signedInAgainBeyondThePlanAs(Role role) {
        var as = Sample.caller(role);
        cleanVaadinEnvironment();
        signedInAs(
                new Caller(as.tenant(), as.member(), role, as.name(), as.email(), as.organization(), as.plan(), true));
        super.initVaadinEnvironment();
    }

    /** A quarter of a second goes by, and what was pushed arrives. */
    protected void beatPasses() {
        beat.pass();
        roundTrip();
    }

    protected void press(String words) {
        test(button(words)).click();
    }

    /** As the browser says it of a click or Enter: with what the row itself is called. */
    protected void openRow(RowGrid<?> grid, Object id) {
        var element = grid.getElement();
        var says = JsonNodeFactory.instance.objectNode().put("event.detail.row", id.toString());
        element.getNode().getFeature(ElementListenerMap.class).fireEvent(new DomEvent(element, "row-open", says));
        roundTrip();
    }

    protected NativeButton button(String words) {
        return find(NativeButton.class).all().stream()
                .filter(button -> textOf(button).contains(words)
                        || button.getElement().getAttribute("aria-label") != null
                                && button.getElement()
                                        .getAttribute("aria-label")
                                        .contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button says " + words));
    }

    protected boolean hasButton(String words) {
        return find(NativeButton.class).all().stream()
                .anyMatch(button -> textOf(button).contains(words));
    }

    /** Every word a component and those in it show. */
    public static String textOf(Component component) {
        return component.getElement().getTextRecursively();
    }
}
