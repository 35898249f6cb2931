package io.velvetastro.screens.shell;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import io.velvetastro.screens.parts.Kbd;
import io.velvetastro.screens.parts.Parts;

/** Every key of the house, and the switch that turns single keys off. */
class KeyboardDialog extends Dialog {
    private static final String[][] KEYS = {
        {"Ctrl K", "Search or jump to"},
        {"/", "Filter this list"},
        {"G then D M A I E F", "Dashboard, map, attacks, incidents, defense, forensics"},
        {"J K", "Next or previous row"},
        {"Enter", "Open the row"},
        {"Esc", "Close and go back to the row"},
        {"B", "Block the address you are looking at"},
        {"N", "Write a note on the incident"},
        {"1 – 7", "Show one stage of the kill chain"},
        {".", "Show what was held back, and follow live"},
        {"?", "This list"},
    };

    KeyboardDialog(Keys keys) {
        setHeaderTitle("Keyboard");
        var list = new DescriptionList();
        list.addClassNames("kv", "keys");
        for (var key : KEYS) {
            var term = new DescriptionList.Term();
            term.add(new Kbd(key[0]));
            list.add(term, new DescriptionList.Description(key[1]));
        }
        var single = new Checkbox("Single keys act without Ctrl");
        keys.askWhetherAllowed(single::setValue);
        single.addValueChangeListener(change -> {
            if (change.isFromClient()) keys.allowSingleKeys(change.getValue());
        });
        add(Parts.div("ask", list, single));
        getFooter().add(Parts.button("", "Close", press -> close()));
    }
}
