package io.velvetastro.screens.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.EventId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Role;
import io.velvetastro.questions.Audit.AuditFilter;
import io.velvetastro.questions.Audit.AuditLog;
import io.velvetastro.questions.Audit.AuditPage;
import io.velvetastro.questions.Audit.AuditRow;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.screens.parts.Ask;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.platform.PlatformView;
import io.velvetastro.screens.shell.NotAllowedView;
import io.velvetastro.screens.testing.FakeOrganizations;
import io.velvetastro.screens.testing.ScreenTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record, the plan, and the house from above. */
class OrganizationScreensTest extends ScreenTest {

    @BeforeEach
    void theRecordHasTwoPages() {
        FakeOrganizations.DONE.clear();
        rooms.answer(
                AuditLog.class,
                asked -> new AuditPage(
                        List.of(
                                new AuditRow(
                                        new EventId(new UUID(1, asked.cursor() == null ? 1 : 2)),
                                        NOON,
                                        asked.cursor() == null ? "RoleGiven" : "MemberRemoved",
                                        "member:1",
                                        "Ada Okafor",
                                        "role=IT_SECURITY invitation=0160ebcf-5b36-3451-8a02-69d20c7e9223 expiresAt=2026-03-04T12:00:00Z")),
                        asked.cursor() == null ? "next" : null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "plan", "platform"})
    void whoDoesNotAdministerIsTurnedAway(String place) {
        signedInAgainAs(Role.IT_SECURITY);
        open(place);
        assertThat(find(NotAllowedView.class).exists()).isTrue();
    }

    @Test
    void anAdministratorOfAnOrganisationDoesNotSeeTheHouse() {
        signedInAgainAs(Role.ORG_ADMIN);
        open("platform");
        assertThat(find(NotAllowedView.class).exists()).isTrue();
    }

    @Test
    void theRecordSaysWhoDecidedWhatAndGoesBack() {
        signedInAgainAs(Role.ORG_ADMIN);
        var view = at("record", RecordView.class);
        assertThat(textOf(view))
                .contains("Role given", "Ada Okafor", "role", "IT security", "invitation", "0160…23", "expires at")
                .doesNotContain("=", "IT_SECURITY", "expiresAt", "2026-03");
        press("Older");
        assertThat(textOf(view)).contains("Role given", "Member removed").doesNotContain("Older");
    }

    @Test
    void aKindIsLookedForAsPeopleSayIt() {
        signedInAgainAs(Role.ORG_ADMIN);
        at("record?type=role+given", RecordView.class);
        assertThat(rooms.asked(AuditLog.class).getLast().filter().types()).containsExactly("RoleGiven");
    }

    @Test
    void whatIsLookedForInTheRecordStandsInTheAddress() {
        signedInAgainAs(Role.ORG_ADMIN);
        at("record?type=RoleGiven&about=abc&by=member:1&from=2026-03-04&to=2026-03-05", RecordView.class);
        var asked = rooms.asked(AuditLog.class).getLast().filter();
        assertThat(asked.types()).containsExactly("RoleGiven");
        assertThat(asked.about()).isEqualTo("abc");
        assertThat(asked.actor()).isEqualTo("member:1");
        assertThat(asked.from()).isEqualTo(Instant.parse("2026-03-04T00:00:00Z"));
        assertThat(asked.to()).as("the last day is in it").isEqualTo(Instant.parse("2026-03-06T00:00:00Z"));
    }

    @Test
    void aKindIsChosenAndADayThatIsNoneIsNotLookedFor() {
        signedInAgainAs(Role.ORG_ADMIN);
        var view = at("record?from=yesterday", RecordView.class);
        assertThat(rooms.asked(AuditLog.class).getLast().filter()).isEqualTo(AuditFilter.none());
        @SuppressWarnings("unchecked")
        ComboBox<String> kind = find(ComboBox.class, view).all().getFirst();
        test(kind).selectItem("Network blocked");
        roundTrip();
        assertThat(rooms.asked(AuditLog.class).getLast().filter().types()).containsExactly("NetworkBlocked");
    }

    @Test
    void whoLooksForSomethingElseBeforeTheFirstIsAnsweredReadsNoRowTwice() {
        signedInAgainAs(Role.ORG_ADMIN);
        var slow = new ArrayList<CompletableFuture<MemberListAnswer>>();
        rooms.answer(MemberList.class, asked -> {
            slow.add(new CompletableFuture<>());
            return slow.getLast();
        });
        open("record");
        var view = at("record?type=RoleGiven", RecordView.class);
        slow.forEach(each -> each.complete(new MemberListAnswer(List.of())));
        roundTrip();
        assertThat(find(ListItem.class, view).all())
                .filteredOn(item -> !(item instanceof Line))
                .hasSize(1);
        assertThat(rooms.asked(AuditLog.class))
                .extracting(asked -> asked.filter().types())
                .containsExactly(Set.of("RoleGiven"));
    }

    @Test
    void thePlanSaysWhatIsLeftAndWhatIsBeyondIt() {
        signedInAgainAs(Role.ORG_ADMIN);
        var view = at("plan", PlanView.class);
        assertThat(textOf(view))
                .contains("46 of 50", "Nearly all", "22 of 20", "none is added", "No limit", "1 year", "Included")
                .contains("Playbook runs this month", "attacks are answered all the same")
                .as("beside what the others give")
                .contains("Free", "Pro", "Enterprise", "100\u202f000", "yours");
    }

    @Test
    void thePlanSaysWhatItHasNoRoomForAndThatItGoesOnForAWhile() {
        signedInAgainAs(Role.ORG_ADMIN);
        var view = at("plan", PlanView.class);
        assertThat(textOf(view))
                .contains("2 service accounts beyond the plan", "Everything works until", "Nothing is deleted")
                .doesNotContain("0 members");
    }

    @Test
    void anOrganisationIsRenamedInPlainText() {
        signedInAgainAs(Role.ORG_ADMIN);
        at("plan", PlanView.class);
        press("Rename organisation");
        find(TextField.class).withLabel("Name").single().setValue("<b>");
        press("Rename");
        assertThat(FakeOrganizations.DONE).isEmpty();
    }

    @Test
    void whoRunsTheHouseGivesAPlan() {
        signedInAgainAs(Role.SUPER_ADMIN);
        var view = at("platform", PlatformView.class);
        press("More");
        assertThat(textOf(view)).contains("Northwind", "3 members", "Rooms");
        @SuppressWarnings("unchecked")
        Select<Plan> plan = find(Select.class, view).all().getLast();
        test(plan).selectItem("Pro");
        assertThat(FakeOrganizations.DONE).contains("subscribed PRO");
    }

    @Test
    void anOrganisationIsFoundByPartOfItsName() {
        signedInAgainAs(Role.SUPER_ADMIN);
        var view = at("platform", PlatformView.class);
        assertThat(textOf(view)).doesNotContain("Northwind");
        test(find(TextField.class).single()).setValue("wind");
        assertThat(textOf(view)).contains("Northwind").doesNotContain("More");
        test(find(TextField.class).single()).setValue("nobody");
        assertThat(textOf(view)).contains("No organisation is called so");
    }

    @Test
    void whoRunsTheHouseHelpsWhomNoAdministratorCan() {
        signedInAgainAs(Role.SUPER_ADMIN);
        at("platform", PlatformView.class);
        press("Help with an account");
        find(EmailField.class).single().setValue("nobody@northwind.example");
        press("Go on");
        assertThat(textOf(find(Ask.class).single())).contains("Nobody has an account");
        find(EmailField.class).single().setValue("kim@northwind.example");
        press("Go on");
        assertThat(textOf(find(Ask.class).single())).contains("Northwind, Organisation admin");
        @SuppressWarnings("unchecked")
        RadioButtonGroup<Object> help = find(RadioButtonGroup.class).single();
        var offered = help.getListDataView().getItems().toList();
        assertThat(offered).extracting(Object::toString).containsExactly("RESET", "DISABLE");
        help.setValue(offered.getFirst());
        press("Go on");
        assertThat(find(Ask.class).exists()).as("it is done").isFalse();
    }
}
