package io.velvetastro.screens.admin;

import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.questions.Membership;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.util.List;
import java.util.stream.Stream;

/** Asks whose mailboxes may be invited. */
class DomainsDialog extends Deed {
    private static final String DOMAIN = "[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+";

    private final Membership staff;
    private final Runnable done;
    private final TextField domains = new TextField("Domains");

    DomainsDialog(Desk desk, Membership staff, List<String> before, Runnable done) {
        super(desk, "Who may be invited", "Save");
        this.staff = staff;
        this.done = done;
        domains.setWidthFull();
        domains.setMaxLength(2_000);
        domains.setPlaceholder("acme.example, acme.org");
        domains.setHelperText(
                "What stands behind the @. Leave it empty for anybody; invitations of other mailboxes are withdrawn.");
        domains.setValue(String.join(", ", before));
        body.add(domains);
        domains.focus();
    }

    @Override
    protected void confirm() {
        var chosen = Stream.of(domains.getValue().split("[,;\\s]+"))
                .filter(domain -> !domain.isBlank())
                .toList();
        if (!chosen.stream().allMatch(domain -> domain.matches(DOMAIN))) {
            domains.setInvalid(true);
            domains.setErrorMessage("Domains such as acme.example, with commas between");
            domains.focus();
            return;
        }
        act(() -> staff.inviteOnly(desk.caller(), chosen), done);
    }
}
