package io.velvetastro.screens.platform;

import static java.util.Objects.requireNonNull;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.EmailField;
import io.velvetastro.questions.Membership;
import io.velvetastro.questions.Organizations;
import io.velvetastro.questions.Organizations.AccountRow;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up whom no administrator of their own can help, and does one thing for them. */
class HelpDialog extends Deed {
    /** What whoever runs the house does about an account. */
    enum Help {
        RESET("Reset the second step: the app, the codes and the passkeys go, and every session ends"),
        DISABLE("Disable the account: nothing opens it, and what it opened is over"),
        ENABLE("Enable the account: they sign in with what they had");

        private final String words;

        Help(String words) {
            this.words = words;
        }
    }

    private final Organizations organizations;
    private final Membership staff;
    private final Runnable done;
    private final EmailField email = new EmailField("E-mail");
    private final RadioButtonGroup<Help> help = new RadioButtonGroup<>("What to do");
    private @Nullable AccountRow found;

    HelpDialog(Desk desk, Organizations organizations, Membership staff, Runnable done) {
        super(desk, "Help with an account", "Go on");
        this.organizations = organizations;
        this.staff = staff;
        this.done = done;
        email.setWidthFull();
        email.setMaxLength(254);
        email.setHelperText("Make sure that it is them who ask: they tell you another way than by this mailbox");
        help.setItemLabelGenerator(each -> each.words);
        body.add(email);
    }

    @Override
    protected void confirm() {
        if (found == null) look();
        else if (help.getValue() == null) refuse("Choose what to do.");
        else act(this::helpThem, done);
    }

    private void look() {
        if (email.isEmpty() || email.isInvalid()) {
            email.focus();
            return;
        }
        busy();
        desk.act(this, () -> organizations.account(desk.caller(), email.getValue()), this::show, this::declined);
    }

    private void show(Optional<AccountRow> account) {
        if (account.isEmpty()) {
            refuse("Nobody has an account with this address.");
            return;
        }
        found = account.get();
        email.setReadOnly(true);
        help.setItems(offered(found));
        body.add(
                new Paragraph(found.belongsTo().stream()
                        .map(each -> each.name() + ", " + Words.of(each.role()))
                        .collect(Collectors.joining(" · "))),
                help);
        ready();
    }

    private static List<Help> offered(AccountRow account) {
        if (account.disabled()) return List.of(Help.ENABLE);
        return account.secondStep() ? List.of(Help.RESET, Help.DISABLE) : List.of(Help.DISABLE);
    }

    private void helpThem() {
        var account = requireNonNull(found);
        var organization = account.belongsTo().getFirst().organization();
        switch (help.getValue()) {
            case RESET -> staff.resetSecondStep(desk.caller(), organization, account.member());
            case DISABLE -> staff.disable(desk.caller(), organization, account.member());
            case ENABLE -> staff.enable(desk.caller(), organization, account.member());
        }
    }
}
