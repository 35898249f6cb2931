package io.velvetastro.screens.parts;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.ListItem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A list that is shown again and again: a row that says the same stays the same element, so focus, hover and scroll stay too. */
public final class KeptRows<K, V> {
    private final HtmlContainer list;
    private final Function<V, K> key;
    private final Function<V, ListItem> draw;
    private Map<K, Row<V>> kept = new HashMap<>();

    private record Row<V>(V value, ListItem item) {}

    public KeptRows(HtmlContainer list, Function<V, K> key, Function<V, ListItem> draw) {
        this.list = list;
        this.key = key;
        this.draw = draw;
    }

    public void show(List<V> values) {
        var next = new HashMap<K, Row<V>>();
        var items = values.stream()
                .map(value -> next.computeIfAbsent(key.apply(value), k -> row(k, value))
                        .item())
                .distinct()
                .toList();
        var stays = new HashSet<>(items);
        kept.values().stream()
                .map(Row::item)
                .filter(item -> !stays.contains(item))
                .forEach(list::remove);
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            boolean inPlace = i < list.getComponentCount() && list.getComponentAt(i) == item;
            if (!inPlace) list.addComponentAtIndex(i, item);
        }
        kept = next;
    }

    private Row<V> row(K of, V value) {
        var before = kept.get(of);
        return before != null && Objects.equals(before.value(), value) ? before : new Row<>(value, draw.apply(value));
    }
}
