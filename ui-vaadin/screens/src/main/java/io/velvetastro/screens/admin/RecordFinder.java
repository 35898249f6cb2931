package io.velvetastro.screens.admin;

import static java.time.ZoneOffset.UTC;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.HasAriaLabel;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.CensusEvent;
import io.velvetastro.language.DefenseEvent;
import io.velvetastro.language.DoubtEvent;
import io.velvetastro.language.DrillEvent;
import io.velvetastro.language.EvidenceEvent;
import io.velvetastro.language.IncidentEvent;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.PrivacyEvent;
import io.velvetastro.questions.Audit.AuditFilter;
import io.velvetastro.screens.parts.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks what is looked for in the record: a kind, who decided, which days, and a part of what entries say. */
class RecordFinder extends Div {
    private static final String TYPE = "type";
    private static final String BY = "by";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String ABOUT = "about";

    /** Every event that somebody's decision can be: a kind is chosen, not guessed. */
    private static final List<String> KINDS = Stream.of(
                    AccessEvent.class,
                    CensusEvent.class,
                    DefenseEvent.class,
                    DoubtEvent.class,
                    DrillEvent.class,
                    EvidenceEvent.class,
                    IncidentEvent.class,
                    PlaybookEvent.class,
                    PrivacyEvent.class)
            .flatMap(events -> Stream.of(events.getPermittedSubclasses()))
            .map(Class::getSimpleName)
            .sorted()
            .toList();

    private final ComboBox<String> kind = new ComboBox<>();
    private final ComboBox<String> by = new ComboBox<>();
    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final TextField about = new TextField();
    private Map<String, String> names = Map.of();

    /** {@code look} is told when a reader wants something else. */
    RecordFinder(Runnable look) {
        addClassNames("row", "wrap", "finder");
        kind.setItems(KINDS);
        kind.setItemLabelGenerator(Words::spaced);
        kind.setClearButtonVisible(true);
        by.setItemLabelGenerator(
                actor -> Optional.ofNullable(names.get(id(actor))).orElseGet(() -> Words.actor(actor)));
        by.setClearButtonVisible(true);
        about.setClearButtonVisible(true);
        about.setMaxLength(100);
        about.setValueChangeMode(ValueChangeMode.LAZY);
        field(kind, "Any kind", kind::setPlaceholder, look);
        field(by, "By anybody", by::setPlaceholder, look);
        for (var day : List.of(from, to)) {
            day.setClearButtonVisible(true);
            day.setI18n(
                    new DatePicker.DatePickerI18n().setDateFormat("yyyy-MM-dd").setFirstDayOfWeek(1));
            day.addClassName("day");
        }
        field(from, "From day (UTC)", from::setPlaceholder, look);
        field(to, "To day (UTC)", to::setPlaceholder, look);
        field(about, "Part of an entry, such as an id", about::setPlaceholder, look);
    }

    private <F extends AbstractField<F, V> & HasAriaLabel, V> void field(
            F field, String words, Consumer<String> placeholder, Runnable look) {
        placeholder.accept(words);
        field.setAriaLabel(words);
        field.addValueChangeListener(change -> {
            if (change.isFromClient()) look.run();
        });
        add(field);
    }

    /** Members whose decisions can be looked for, by id. */
    void offer(Map<String, String> members) {
        names = Map.copyOf(members);
        var chosen = by.getValue();
        by.setItems(actors(chosen));
        by.setValue(chosen);
    }

    private List<String> actors(@Nullable String chosen) {
        var members = names.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(String.CASE_INSENSITIVE_ORDER))
                .map(member -> "member:" + member.getKey());
        return Stream.concat(members, Optional.ofNullable(chosen).stream())
                .distinct()
                .toList();
    }

    private static String id(String actor) {
        return actor.substring(actor.indexOf(':') + 1);
    }

    /** What an address asks for; what it says wrongly is not looked for. */
    void read(QueryParameters asked) {
        var type = asked.getSingleParameter(TYPE).map(Words::type).orElse(null);
        if (type != null && !KINDS.contains(type))
            kind.setItems(Stream.concat(KINDS.stream(), Stream.of(type)).toList());
        kind.setValue(type);
        var who = asked.getSingleParameter(BY).orElse(null);
        by.setItems(actors(who));
        by.setValue(who);
        from.setValue(day(asked, FROM));
        to.setValue(day(asked, TO));
        about.setValue(asked.getSingleParameter(ABOUT).orElse(""));
    }

    private static @Nullable LocalDate day(QueryParameters asked, String name) {
        try {
            return asked.getSingleParameter(name).map(LocalDate::parse).orElse(null);
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    /** As an address says it. */
    QueryParameters written() {
        var asked = new HashMap<String, String>();
        if (kind.getValue() != null) asked.put(TYPE, kind.getValue());
        if (by.getValue() != null) asked.put(BY, by.getValue());
        if (from.getValue() != null) asked.put(FROM, from.getValue().format(DateTimeFormatter.ISO_LOCAL_DATE));
        if (to.getValue() != null) asked.put(TO, to.getValue().format(DateTimeFormatter.ISO_LOCAL_DATE));
        if (!about.isEmpty()) asked.put(ABOUT, about.getValue().strip());
        return QueryParameters.simple(Map.copyOf(asked));
    }

    AuditFilter filter() {
        return new AuditFilter(
                beginning(from.getValue()),
                to.getValue() == null ? null : beginning(to.getValue().plusDays(1)),
                kind.getValue() == null ? Set.of() : Set.of(kind.getValue()),
                by.getValue(),
                about.isEmpty() ? null : about.getValue().strip());
    }

    private static @Nullable Instant beginning(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(UTC).toInstant();
    }
}
