package io.velvetastro.screens.outbox;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import io.velvetastro.questions.LetterBox.LetterText;
import io.velvetastro.screens.parts.Parts;

/** One letter, as it would arrive. */
class LetterDialog extends Dialog {
    LetterDialog(String to, LetterText letter) {
        setHeaderTitle(letter.subject());
        var words = new Pre(letter.text());
        words.addClassName("letter");
        words.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", "The letter");
        var whom = new Paragraph("To " + to + ". That you have read it is on the record.");
        add(Parts.div("ask", whom, words));
        getFooter().add(Parts.button("pri", "Close", press -> close()));
    }
}
