package io.velvetastro.screens.forensics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.velvetastro.questions.Monitor.RawEvent;
import io.velvetastro.screens.parts.Icon;
import io.velvetastro.screens.parts.Moment;
import io.velvetastro.screens.parts.Parts;
import io.velvetastro.screens.parts.Segments;
import io.velvetastro.screens.parts.Words;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stored event as it lies there, byte for byte; beside it what it means, and whether it is proven. */
class EventCard extends Section {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the card asks of the screen around it. */
    interface Around {
        void user(String name);

        void address(String from);

        void close();
    }

    private enum Form {
        STORED,
        ENVELOPE,
        OPENED
    }

    private final Around around;

    EventCard(Around around) {
        this.around = around;
        addClassNames("card", "raw");
        getElement().setAttribute("aria-label", "The event");
    }

    /** {@code opened} is the same event with its personal values, where they can still be opened. */
    void show(Examined examined, @Nullable RawEvent opened) {
        removeAll();
        var evidence = examined.evidence();
        var stored = new String(evidence.payload(), UTF_8);
        var envelope = evidence.envelope() == null ? "" : new String(evidence.envelope(), UTF_8);
        var clear = opened == null ? "" : pretty(opened.json());
        var text = new Pre(stored);
        text.addClassNames("raw", "grow");
        text.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "The event’s bytes");
        var forms = new Segments<Form>(
                        "Form",
                        form -> text.setText(
                                switch (form) {
                                    case STORED -> stored;
                                    case ENVELOPE -> envelope;
                                    case OPENED -> clear;
                                }))
                .with(Form.STORED, "As stored");
        if (!envelope.isEmpty()) forms.with(Form.ENVELOPE, "Envelope");
        if (!clear.isEmpty()) forms.with(Form.OPENED, "Names opened");
        forms.choose(Form.STORED);
        var back = Parts.iconButton("gho m-only", "chevron-left", "Back to the list", press -> around.close());
        var copy = Parts.button("gho xs d-only", "copy", "Copy", press -> {});
        copy.getElement()
                .executeJs(
                        "this.addEventListener('click', () => navigator.clipboard?.writeText($0.textContent))", text);
        var head = new Header(back, new H2(shortName(evidence.type())), badge(examined), Parts.grow(), copy);
        proof(evidence.proof(), evidence.id().toString()).ifPresent(head::add);
        add(head, Parts.div("body", Parts.div("col raw-col", forms, text), facts(examined, opened)));
    }

    private static String shortName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    private static Span badge(Examined examined) {
        if (examined.report() != null) return mark("ok", "badge-check", "Proven");
        return examined.refusal() != null
                ? mark("dng", "triangle-alert", "Not proven")
                : mark("line", "hourglass", "Being sealed");
    }

    private static Span mark(String tone, String icon, String words) {
        return Parts.classed(Parts.span("badge", Icon.small(icon), new Span(words)), tone);
    }

    private static java.util.Optional<Anchor> proof(byte @Nullable [] proof, String id) {
        if (proof == null) return java.util.Optional.empty();
        var handler = DownloadHandler.fromInputStream(download ->
                new DownloadResponse(new ByteArrayInputStream(proof), id + ".tlog-proof", "text/plain", proof.length));
        var link = new Anchor(handler, AttachmentType.DOWNLOAD, "");
        link.add(Icon.small("download"), new Span("Proof"));
        return java.util.Optional.of(Parts.classed(link, "btn xs"));
    }

    private Component facts(Examined examined, @Nullable RawEvent opened) {
        var evidence = examined.evidence();
        var list = new DescriptionList();
        list.addClassName("kv");
        var event = examined.event();
        if (event != null) {
            var leaf = event.leaf();
            var place = event.path().path().proof();
            fact(list, "Leaf", new Span(Words.count(place.index())));
            fact(list, "Leaf hash", Parts.text("mono ell", leaf.hash().hex()));
            fact(list, "Log", Parts.text("mono ell", leaf.log()));
            if (!leaf.isPlain())
                fact(
                        list,
                        "Number",
                        new Span(Words.count(leaf.aggregateSequence() + 1) + " of " + leaf.aggregateType()));
        }
        fact(list, "Stream", new Span(Words.key(evidence.stream())));
        if (opened != null) fact(list, "Occurred", Moment.clock(opened.occurredAt()));
        fact(list, "Recorded", Moment.clock(evidence.recordedAt()));
        fact(list, "Size", new Span(Words.count(evidence.payload().length, "byte", "bytes")));
        if (opened != null) people(list, opened, evidence.expiredAt());
        if (new String(evidence.payload(), UTF_8).contains("\"personal\""))
            fact(list, "Erasable", new Span("its names, by key; the proof stays valid"));
        fact(list, "Event", Parts.text("mono ell", evidence.id().toString()));
        return list;
    }

    private void people(DescriptionList list, RawEvent opened, @Nullable Instant expiredAt) {
        var payload = json(opened.json());
        var telemetry = payload.has("attempt") ? payload.get("attempt") : payload;
        var personal = telemetry.path("personal");
        if (personal.isTextual() && expiredAt != null) fact(list, "Names expired", Moment.clock(expiredAt));
        else if (personal.isTextual()) fact(list, "Names", new Span("erased"));
        link(list, "User", personal.path("user"), around::user);
        link(list, "Address", personal.path("address"), around::address);
    }

    private static void link(DescriptionList list, String what, JsonNode value, Consumer<String> go) {
        if (!value.isTextual()) return;
        var name = value.asText();
        var link = new NativeButton(name, press -> go.accept(name));
        link.addClassNames("linkish", "ell");
        link.getElement().setAttribute("type", "button").setAttribute("title", "All events of " + name);
        fact(list, what, link);
    }

    private static void fact(DescriptionList list, String what, Component value) {
        var term = new DescriptionList.Term(what);
        var description = new DescriptionList.Description();
        description.add(value);
        list.add(term, description);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException damaged) {
            return JSON.createObjectNode();
        }
    }

    private static String pretty(String text) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
        } catch (JsonProcessingException damaged) {
            return text;
        }
    }
}
