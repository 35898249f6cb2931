package io.velvetastro.screens.parts;

import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.velvetastro.questions.Attacks.Outcome;

/** Plain elements with the classes of the style sheet; words go in as text. */
public final class Parts {
    private Parts() {}

    /** {@code classes} are separated by spaces. */
    public static Span text(String classes, String words) {
        var span = new Span(words);
        classed(span, classes);
        return span;
    }

    public static Div div(String classes, Component... children) {
        var div = new Div(children);
        classed(div, classes);
        return div;
    }

    public static Span span(String classes, Component... children) {
        var span = new Span(children);
        classed(span, classes);
        return span;
    }

    public static Span grow() {
        return text("grow", "");
    }

    public static <C extends HasStyle> C classed(C component, String classes) {
        if (!classes.isBlank()) component.addClassNames(classes.split(" "));
        return component;
    }

    public static NativeButton button(
            String classes, String words, ComponentEventListener<ClickEvent<NativeButton>> pressed) {
        var button = new NativeButton(words, pressed);
        button.getElement().setAttribute("type", "button");
        return classed(button, "btn " + classes);
    }

    public static NativeButton button(
            String classes, String icon, String words, ComponentEventListener<ClickEvent<NativeButton>> pressed) {
        var button = button(classes, "", pressed);
        button.add(Icon.small(icon), new Span(words));
        return button;
    }

    /** One of several ways to look at something: pressed while it is the one. */
    public static NativeButton tab(
            String words, boolean chosen, ComponentEventListener<ClickEvent<NativeButton>> pressed) {
        var tab = new NativeButton(words, pressed);
        tab.getElement().setAttribute("type", "button").setAttribute("aria-pressed", String.valueOf(chosen));
        // On a phone the row of them is wider than the page.
        if (chosen) tab.getElement().executeJs("this.scrollIntoView({ block: 'nearest', inline: 'nearest' })");
        return tab;
    }

    /** A button that shows only an icon, and says its words to screen readers and on hover. */
    public static NativeButton iconButton(
            String classes, String icon, String words, ComponentEventListener<ClickEvent<NativeButton>> pressed) {
        var button = button("sq " + classes, "", pressed);
        button.add(Icon.small(icon));
        button.setAriaLabel(words);
        button.setTitle(words);
        return button;
    }

    /** A titled surface: {@code aside} stands at the right end of its head. */
    public static Section card(String classes, String title, String sub, Component... aside) {
        var head = new Header(new H2(title));
        if (!sub.isEmpty()) head.add(text("sub", sub));
        head.add(grow());
        head.add(aside);
        var card = new Section(head);
        card.getElement().setAttribute("aria-label", title);
        return classed(card, "card " + classes);
    }

    public static Span outcome(Outcome outcome) {
        var mark = span("out", new Icon(icon(outcome)), new Span(Words.of(outcome)));
        return classed(mark, tone(outcome));
    }

    public static String icon(Outcome outcome) {
        return switch (outcome) {
            case BLOCKED -> "shield-check";
            case WATCHING -> "eye";
            case NEEDS_YOU -> "hand";
            case RESOLVED -> "circle-check";
        };
    }

    public static String tone(Outcome outcome) {
        return switch (outcome) {
            case BLOCKED -> "ok";
            case WATCHING -> "t3";
            case NEEDS_YOU -> "wrn";
            case RESOLVED -> "t2";
        };
    }
}
