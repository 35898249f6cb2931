package io.velvetastro.screens.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import io.velvetastro.questions.Members.MemberRow;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.States;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.profile.ProfileView;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Says that a role is not enough here, and who can give another. */
@Route(value = "not-allowed", layout = Shell.class)
@PageTitle("Not allowed · Velvet Astro")
@PermitAll
public class NotAllowedView extends Div implements Place {

    public NotAllowedView(Desk desk) {
        addClassNames("page", "fill", "col");
        show(desk, "");
        desk.ask(
                this,
                new MemberList(desk.tenant()),
                MemberListAnswer.class,
                answer -> show(desk, who(answer.members())),
                problem -> {});
    }

    @Override
    public String heading() {
        return "Not allowed";
    }

    private void show(Desk desk, String who) {
        removeAll();
        var card = Parts.div("card grow");
        card.add(States.empty(
                "lock",
                "You can’t see this place",
                "Your role, " + Words.of(desk.caller().role()) + ", does not include it. "
                        + (who.isEmpty() ? "An organisation admin can give you another." : who),
                Parts.button("", "Open your account", press -> UI.getCurrent().navigate(ProfileView.class))));
        add(card);
    }

    private static String who(List<MemberRow> members) {
        var admins = members.stream()
                .filter(member -> member.role().authorities().contains(Authority.ORG_ADMIN))
                .map(MemberRow::name)
                .limit(3)
                .toList();
        return admins.isEmpty() ? "" : "Ask " + String.join(" or ", admins) + ".";
    }
}
