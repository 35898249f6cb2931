package io.velvetastro.screens.admin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.Role;
import io.velvetastro.screens.incidents.IncidentView;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an entry of the record says, as people say it: words for names, members by name, times where the reader is. */
class Facts extends Div {
    private static final Pattern FACT = Pattern.compile("(\\w+)=(\\S*)");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    private static final Pattern LENGTH = Pattern.compile("PT(\\d+H)?(\\d+M)?(\\d+S)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern CLOSED_LIST = Pattern.compile("[A-Z]+(_[A-Z]+)*");

    private final Map<String, String> members;

    /** {@code members} are names by id. */
    Facts(String says, Map<String, String> members) {
        this.members = members;
        addClassNames("facts", "row", "wrap", "sm");
        setTitle(says); // What can be searched for, whole ids and all.
        var fact = FACT.matcher(says);
        while (fact.find())
            add(Parts.span("row", Parts.text("t3", name(fact.group(1))), value(fact.group(1), fact.group(2))));
    }

    private static String name(String component) {
        return Words.spaced(component).replaceFirst(" id$", "").toLowerCase(Locale.ROOT);
    }

    private Component value(String name, String value) {
        if (TIME.matcher(value).matches()) return Moment.minute(Instant.parse(value));
        if (!ID.matcher(value).matches()) return words(name, value);
        var member = members.get(value);
        if (member != null) return new Span(member);
        if (name.startsWith("incident"))
            return new RouterLink(Words.brief(value), IncidentView.class, new RouteParameters("incident", value));
        return Parts.text("mono", Words.brief(value));
    }

    private static Span words(String name, String value) {
        var words = Stream.of(value.split(",")).map(each -> word(name, each)).collect(Collectors.joining(", "));
        return Parts.text(words.equals(value) ? "mono" : "", words);
    }

    private static String word(String name, String value) {
        if (value.equals("true")) return "yes";
        if (value.equals("false")) return "no";
        if (NUMBER.matcher(value).matches()) return Words.count(Long.parseLong(value));
        if (LENGTH.matcher(value).matches()) return Words.lasting(Duration.parse(value));
        if (!CLOSED_LIST.matcher(value).matches()) return value;
        return switch (name) {
            case "role" -> of(Role.values(), Words::of, value);
            case "disposition" -> of(Disposition.values(), Words::of, value);
            case "authorities", "scopes" -> of(Authority.values(), Words::of, value);
            default -> lower(value);
        };
    }

    /** A list may have lost a word since. */
    private static <E extends Enum<E>> String of(E[] list, Function<E, String> words, String value) {
        return Stream.of(list)
                .filter(each -> each.name().equals(value))
                .map(words)
                .findFirst()
                .orElseGet(() -> lower(value));
    }

    private static String lower(String value) {
        return value.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
