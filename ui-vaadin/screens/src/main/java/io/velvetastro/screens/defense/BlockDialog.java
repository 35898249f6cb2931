package io.velvetastro.screens.defense;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.velvetastro.language.DefenseCommand.AllowNetwork;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Network;
import io.velvetastro.language.RuleId;
import io.velvetastro.questions.Defense.Action;
import io.velvetastro.screens.desk.Deed;
import io.velvetastro.screens.desk.Desk;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks which network, how long and why, before a block or an allowance is made by hand. */
public class BlockDialog extends Deed {
    private final Action action;
    private final @Nullable IncidentId incident;
    private final Runnable done;
    private final TextField network = new TextField("Address or network");
    private final Select<Lasting> lasting = new Select<>();
    private final TextField reason = new TextField("Reason");

    /** How long a rule made by hand stands. */
    enum Lasting {
        HOUR("1 hour", Duration.ofHours(1)),
        DAY("24 hours", Duration.ofHours(24)),
        WEEK("7 days", Duration.ofDays(7)),
        MONTH("30 days", Duration.ofDays(30));

        private final String words;
        private final Duration ttl;

        Lasting(String words, Duration ttl) {
            this.words = words;
            this.ttl = ttl;
        }

        String words() {
            return words;
        }
    }

    private BlockDialog(
            Desk desk, Action action, String title, String verb, @Nullable IncidentId incident, Runnable done) {
        super(desk, title, verb);
        this.action = action;
        this.incident = incident;
        this.done = done;
        network.setRequiredIndicatorVisible(true);
        network.setMaxLength(64);
        network.setHelperText(
                action == Action.BLOCK
                        ? "Such as 203.0.113.77 or 203.0.113.0/24"
                        : "It will not be blocked, by hand or by a playbook");
        lasting.setLabel("For");
        lasting.setItems(List.of(Lasting.values()));
        lasting.setItemLabelGenerator(Lasting::words);
        lasting.setValue(Lasting.DAY);
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(200);
        body.add(network, lasting, reason);
    }

    /** Block the address of an attack; the reason is filled in and can be changed. */
    public static BlockDialog of(
            Desk desk, String address, String reason, @Nullable IncidentId incident, Runnable done) {
        var dialog = new BlockDialog(desk, Action.BLOCK, "Block " + address, "Block address", incident, done);
        dialog.network.setValue(address);
        dialog.network.setReadOnly(true);
        dialog.network.setHelperText("");
        dialog.reason.setValue(reason.length() > 200 ? reason.substring(0, 200) : reason);
        return dialog;
    }

    static BlockDialog byHand(Desk desk, Runnable done) {
        return new BlockDialog(desk, Action.BLOCK, "Block an address", "Block address", null, done);
    }

    static BlockDialog never(Desk desk, Runnable done) {
        return new BlockDialog(desk, Action.ALLOW, "Never block an address", "Never block", null, done);
    }

    @Override
    protected void confirm() {
        Network target;
        try {
            target = Network.of(network.getValue().strip());
        } catch (IllegalArgumentException noNetwork) {
            network.setInvalid(true);
            network.setErrorMessage("Not an address or a network");
            network.focus();
            return;
        }
        network.setInvalid(false);
        if (reason.getValue().isBlank()) {
            reason.setInvalid(true);
            reason.setErrorMessage("Say why, for whoever finds it tomorrow");
            reason.focus();
            return;
        }
        var rule = new RuleId(UUID.randomUUID());
        var ttl = lasting.getValue().ttl;
        var why = reason.getValue().strip();
        order(
                switch (action) {
                    case BLOCK -> new BlockNetwork(rule, desk.tenant(), target, ttl, why, incident, desk.now());
                    case ALLOW -> new AllowNetwork(rule, desk.tenant(), target, ttl, why, desk.now());
                },
                done);
    }
}
