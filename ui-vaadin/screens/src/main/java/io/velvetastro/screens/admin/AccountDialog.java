package io.velvetastro.screens.admin;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.ServiceAccounts;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;
import java.util.Arrays;
import java.util.Set;

/** Asks what a new program is called and may do. */
class AccountDialog extends Deed {
    private final ServiceAccounts accounts;
    private final Runnable done;
    private final TextField name = new TextField("Name");
    private final CheckboxGroup<Authority> may = new CheckboxGroup<>("May");

    AccountDialog(Desk desk, ServiceAccounts accounts, Runnable done) {
        super(desk, "New service account", "Make account");
        this.accounts = accounts;
        this.done = done;
        name.setMaxLength(60);
        name.setHelperText("Such as: log shipper, firewall");
        name.setWidthFull();
        may.setItems(Arrays.stream(Authority.values())
                .filter(Authority::isForPrograms)
                .toList());
        may.setItemLabelGenerator(Words::scope);
        may.setValue(Set.of(Authority.MONITOR_WRITE));
        body.add(name, may);
    }

    @Override
    protected void confirm() {
        if (name.getValue().isBlank()) {
            name.setInvalid(true);
            name.setErrorMessage("Say what it is called");
            name.focus();
            return;
        }
        if (may.isEmpty()) {
            may.setInvalid(true);
            may.setErrorMessage("Choose what it may do");
            return;
        }
        act(() -> accounts.create(desk.caller(), name.getValue().strip(), may.getValue()), made -> done.run());
    }
}
