package io.velvetastro.screens.admin;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.Authority;
import io.velvetastro.questions.ServiceAccounts;
import io.velvetastro.questions.ServiceAccounts.AccountRow;
import io.velvetastro.questions.ServiceAccounts.ShownKey;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Asks what a new key is called, carries, and how long it lasts. */
class KeyDialog extends Deed {
    private final ServiceAccounts accounts;
    private final AccountRow account;
    private final Consumer<ShownKey> done;
    private final TextField name = new TextField("Name");
    private final CheckboxGroup<Authority> scopes = new CheckboxGroup<>("Carries");
    private final Select<Integer> days = new Select<>();

    KeyDialog(Desk desk, ServiceAccounts accounts, AccountRow account, Consumer<ShownKey> done) {
        super(desk, "New key", "Make key");
        this.accounts = accounts;
        this.account = account;
        this.done = done;
        name.setMaxLength(60);
        name.setHelperText("Where it is used, such as: web-1");
        name.setWidthFull();
        scopes.setItems(account.authorities());
        scopes.setItemLabelGenerator(Words::scope);
        scopes.setValue(Set.copyOf(account.authorities()));
        days.setLabel("Lasts");
        days.setItems(7, 30, 90, 366);
        days.setItemLabelGenerator(each -> each + " days");
        days.setValue(90);
        body.add(target(account.name()), name, scopes, days);
    }

    @Override
    protected void confirm() {
        if (name.getValue().isBlank()) {
            name.setInvalid(true);
            name.setErrorMessage("Say where it is used");
            name.focus();
            return;
        }
        if (scopes.isEmpty()) {
            scopes.setInvalid(true);
            scopes.setErrorMessage("Choose what it carries");
            return;
        }
        act(
                () -> accounts.issue(
                        desk.caller(),
                        account.id(),
                        name.getValue().strip(),
                        scopes.getValue(),
                        Duration.ofDays(days.getValue())),
                done);
    }
}
