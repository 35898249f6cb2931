package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Span;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import java.time.Instant;

/** Says of somebody or something that the plan has no room for it, and when it begins to read only. */
final class BeyondNote extends Span {
    BeyondNote(Instant readOnlyFrom, Instant now) {
        addClassName("wrn");
        add(new Span(" · beyond the plan, "));
        if (now.isBefore(readOnlyFrom)) add(new Span("read-only from "), Moment.minute(readOnlyFrom));
        else add(Parts.text("", "read-only"));
    }
}
