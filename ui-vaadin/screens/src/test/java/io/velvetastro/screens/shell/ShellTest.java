package io.velvetastro.screens.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.questions.Incidents.IncidentList;
import io.velvetastro.questions.Incidents.IncidentPage;
import io.velvetastro.questions.Incidents.IncidentsChanged;
import io.velvetastro.screens.attacks.AttacksView;
import io.velvetastro.screens.dashboard.DashboardView;
import io.velvetastro.screens.defense.DefenseView;
import io.velvetastro.screens.desk.Needs;
import io.velvetastro.screens.incidents.IncidentsView;
import io.velvetastro.screens.login.ForgotView;
import io.velvetastro.screens.login.LoginView;
import io.velvetastro.screens.login.NotMeView;
import io.velvetastro.screens.login.RegisterView;
import io.velvetastro.screens.login.ResetView;
import io.velvetastro.screens.login.VerifyView;
import io.velvetastro.screens.profile.ProfileView;
import io.velvetastro.screens.testing.FakeOwnAccount;
import io.velvetastro.screens.testing.Sample;
import io.velvetastro.screens.testing.ScreenTest;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class ShellTest extends ScreenTest {
    @Autowired
    ObjectProvider<FakeOwnAccount> own;

    private static final List<Class<?>> BEFORE_THE_DOOR = List.of(
            LoginView.class, RegisterView.class, ForgotView.class, VerifyView.class, ResetView.class, NotMeView.class);

    @Test
    void everyPlaceSaysWhoMayEnter() {
        var places = RouteConfiguration.forSessionScope().getAvailableRoutes().stream()
                .map(RouteData::getNavigationTarget)
                .toList();
        assertThat(Shell.class).as("the frame is asked too").hasAnnotation(PermitAll.class);
        assertThat(places).isNotEmpty().allSatisfy(place -> {
            if (BEFORE_THE_DOOR.contains(place)) assertThat(place).hasAnnotation(AnonymousAllowed.class);
            else assertThat(place).hasAnnotation(PermitAll.class);
            if (!BEFORE_THE_DOOR.contains(place)
                    && !List.of(NotAllowedView.class, ProfileView.class).contains(place))
                assertThat(place).hasAnnotation(Needs.class);
        });
    }

    @Test
    void anEmployeeSeesNoPlaceOfTheAnalystsAndIsToldWhoCanHelp() {
        signedInAgainAs(Role.EMPLOYEE);
        for (var address :
                List.of("dashboard", "attacks", "incidents", "incidents/" + Sample.INCIDENT, "defense", "map")) {
            open(address);
            assertThat(find(NotAllowedView.class).exists()).as(address).isTrue();
            assertThat(textOf(find(NotAllowedView.class).single())).contains("Your role, Employee", "Ask Ada Okafor");
        }
        assertThat(find(RouterLink.class).all().stream()
                        .map(RouterLink::getHref)
                        .distinct())
                .as("no way leads where only a refusal waits")
                .containsExactlyInAnyOrder("dashboard", "profile"); // The brand leads to the front page, whoever looks.
        press("Open your account");
        assertThat(find(ProfileView.class).exists()).isTrue();
    }

    @Test
    void whoIsBeyondThePlanReadsAndIsToldSo() {
        signedInAgainBeyondThePlanAs(Role.ORG_ADMIN);
        open("incidents/" + Sample.INCIDENT);
        assertThat(find(NotAllowedView.class).exists()).as("reading goes on").isFalse();
        assertThat(textOf(find(Shell.class).single())).contains("Read-only.", "you are beyond it");
        assertThat(hasButton("Resolve incident")).isFalse();
        open("admin");
        assertThat(find(NotAllowedView.class).exists()).isTrue();
    }

    @Test
    void aFrameThatSaysAnOldNameOrPlanBeginsAnewAtTheNextPlace() {
        at("dashboard", DashboardView.class);
        open("incidents");
        assertThat(newPages()).as("nothing is new").isEmpty();
        var mira = Sample.caller(Role.IT_SECURITY);
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(
                        new Caller(
                                mira.tenant(),
                                mira.member(),
                                mira.role(),
                                "Mira Okafor",
                                mira.email(),
                                mira.organization(),
                                Plan.FREE),
                        "",
                        "ROLE_USER"));
        open("attacks");
        assertThat(newPages()).containsExactly("attacks");
    }

    /** Where the browser was sent to load it all anew. */
    private static List<Object> newPages() {
        return UI.getCurrent().getInternals().dumpPendingJavaScriptInvocations().stream()
                .filter(each -> each.getInvocation().getExpression().contains("window.open"))
                .map(each -> (Object) each.getInvocation().getParameters().getFirst())
                .toList();
    }

    @Test
    void thatSomebodyIsAtThePageIsHeardOnceAMinuteAndKeepsThemSignedIn() {
        at("dashboard", DashboardView.class);
        var here = find(Shell.Here.class).single();
        assertThat(here.getElement().getAttribute("every")).isEqualTo("60000");
        here.somebody();
        assertThat(own.getObject().timesHere()).isEqualTo(1);
    }

    @Test
    void thereAreNoDeadLinks() {
        at("dashboard", DashboardView.class);
        var routes = RouteConfiguration.forSessionScope();
        assertThat(find(RouterLink.class).all().stream()
                        .map(RouterLink::getHref)
                        .map(href -> href.replaceAll("\\?.*", ""))
                        .distinct())
                .allSatisfy(href -> assertThat(routes.getRoute(href)).as(href).isPresent());
    }

    @Test
    void whereOneIsIsMarkedForScreenReadersToo() {
        at("attacks", AttacksView.class);
        var marked = find(RouterLink.class).all().stream()
                .filter(link -> "page".equals(link.getElement().getAttribute("aria-current")))
                .toList();
        assertThat(marked)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(textOf(link)).contains("Attacks"));
    }

    @Test
    void theNumberOfOpenIncidentsFollowsThem() {
        at("dashboard", DashboardView.class);
        assertThat(incidents()).contains("6");
        rooms.answer(IncidentList.class, asked -> new IncidentPage(List.of(), null, 0));
        rooms.tell(new IncidentsChanged(Sample.TENANT, Sample.INCIDENT));
        beatPasses();
        assertThat(incidents()).isEqualTo("Incidents");
    }

    @Test
    void aKeyOfTheBrowserCanBecomeAnEvent() {
        assertThat(java.lang.reflect.Modifier.isPublic(Keys.Pressed.class.getModifiers()))
                .isTrue();
    }

    @Test
    void theDemoIsCalledADemo() {
        at("dashboard", DashboardView.class);
        assertThat(textOf(find(Shell.class).single())).contains("Demo.", "made up");
    }

    @Test
    void anAddressInTheJumpBoxLeadsToItsAttacks() {
        at("dashboard", DashboardView.class);
        press("Search or jump to");
        find(TextField.class, find(JumpDialog.class).single()).single().setValue("203.0.113.7");
        test(jump("Attacks from 203.0.113.7")).click();
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .isEqualTo("attacks?source=203.0.113.7");
        assertThat(find(JumpDialog.class).exists()).isFalse();
    }

    @Test
    void aPlaceIsFoundByItsName() {
        at("dashboard", DashboardView.class);
        press("Search or jump to");
        find(TextField.class, find(JumpDialog.class).single()).single().setValue("def");
        test(jump("Defense")).click();
        assertThat(find(DefenseView.class).exists()).isTrue();
    }

    @Test
    void incidentsAnswerInTheJumpBox() {
        at("dashboard", DashboardView.class);
        press("Search or jump to");
        find(TextField.class, find(JumpDialog.class).single()).single().setValue("nora");
        assertThat(rooms.asked(IncidentList.class).getLast().filter().text()).isEqualTo("nora");
        test(jump("INC-2041")).click();
        assertThat(UI.getCurrent().getActiveViewLocation().getPath()).isEqualTo("incidents/" + Sample.INCIDENT);
    }

    @Test
    void aWorkViewTradesTheNavigationForRoom() {
        at("attacks", AttacksView.class);
        assertThat(find(Shell.class).single().hasClassName("rail")).isTrue();
        at("incidents", IncidentsView.class);
        assertThat(find(Shell.class).single().hasClassName("rail")).isFalse();
    }

    private String incidents() {
        return find(RouterLink.class).all().stream()
                .filter(link ->
                        link.getHref().equals("incidents") && textOf(link).startsWith("Incidents"))
                .map(ScreenTest::textOf)
                .findFirst()
                .orElseThrow();
    }

    private NativeButton jump(String words) {
        return find(NativeButton.class, find(JumpDialog.class).single()).all().stream()
                .filter(button -> textOf(button).contains(words))
                .findFirst()
                .orElseThrow();
    }
}
