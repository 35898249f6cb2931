package io.velvetastro.screens.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.velvetastro.questions.Organizations;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Bold;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import io.velvetastro.screens.profile.ProfileView;

/** Who is signed in, and the way out. */
class Me extends Div {

    Me(Desk desk, AuthenticationContext who, Organizations organizations, Keys keys) {
        var caller = desk.caller();
        var face = new NativeButton(Words.initials(caller.name()));
        face.addClassName("ava");
        face.setAriaLabel("You: " + caller.name());
        face.getElement().setAttribute("type", "button");
        var menu = new Popover();
        menu.setTarget(face);
        menu.setPosition(PopoverPosition.BOTTOM_END);
        menu.setModal(true);
        menu.setAriaLabel("You");
        menu.add(Parts.div(
                "me",
                Parts.div(
                        "col",
                        new Bold(caller.name(), "t1"),
                        new Small(caller.email()),
                        new Small(Words.of(caller.role()) + ", " + caller.organization())),
                Parts.button("gho wide", "user-round", "Your account", press -> {
                    menu.close();
                    UI.getCurrent().navigate(ProfileView.class);
                }),
                Parts.button("gho wide", "network", "Switch organisation", press -> {
                    menu.close();
                    desk.act(
                            this,
                            () -> organizations.mine(desk.caller()),
                            mine -> new SwitchDialog(desk, organizations, mine).open(),
                            failure -> {});
                }),
                Parts.button("gho wide", "keyboard", "Keyboard shortcuts", press -> {
                    menu.close();
                    new KeyboardDialog(keys).open();
                }),
                Parts.button("gho wide", "log-out", "Sign out", press -> who.logout())));
        add(face, menu);
    }
}
