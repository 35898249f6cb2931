package io.velvetastro.screens.admin;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.Organizations.BeyondPlan;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Line;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Small;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says on the page of the plan what it has no room for, and until when that goes on as before. */
final class BeyondCard extends Div {
    BeyondCard(BeyondPlan beyond, Instant now) {
        var what = Stream.of(
                        counted(beyond.members(), "member", "members"),
                        counted(beyond.serviceAccounts(), "service account", "service accounts"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" and "));
        var small = new Small("");
        if (now.isBefore(beyond.readOnlyFrom()))
            small.add(
                    new Span("Everything works until "),
                    Moment.minute(beyond.readOnlyFrom()),
                    new Span(
                            ". From then on the newest only read, administrators last; service accounts still send logs. "));
        else small.add(new Span("The newest only read, administrators last; service accounts still send logs. "));
        small.add(new Span("Nothing is deleted; a larger plan, or fewer of them, ends it at once."));
        add(Line.list(
                List.of(new Line(Parts.classed(new Icon("triangle-alert"), "wrn"), what + " beyond the plan", small))));
    }

    private static String counted(long many, String one, String more) {
        return many == 0 ? "" : Words.count(many, one, more);
    }
}
