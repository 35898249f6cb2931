package io.velvetastro.screens.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptRowsTest {
    private final UnorderedList list = new UnorderedList();
    private final KeptRows<Integer, Said> rows = new KeptRows<>(list, Said::id, said -> new ListItem(said.words()));

    private record Said(int id, String words) {}

    @Test
    void aRowThatSaysTheSameStaysWhileOthersComeChangeAndGo() {
        rows.show(List.of(new Said(1, "one"), new Said(2, "two"), new Said(3, "three")));
        var one = list.getComponentAt(0);
        var two = list.getComponentAt(1);
        rows.show(List.of(new Said(4, "four"), new Said(1, "one"), new Said(2, "TWO")));
        assertThat(words()).containsExactly("four", "one", "TWO");
        assertThat(list.getComponentAt(1)).isSameAs(one);
        assertThat(list.getComponentAt(2)).isNotSameAs(two);
    }

    @Test
    void rowsFollowTheOrderTheyAreGivenIn() {
        rows.show(List.of(new Said(1, "one"), new Said(2, "two"), new Said(3, "three")));
        rows.show(List.of(new Said(3, "three"), new Said(1, "one"), new Said(2, "two")));
        assertThat(words()).containsExactly("three", "one", "two");
    }

    private List<String> words() {
        return list.getChildren()
                .map(Component::getElement)
                .map(each -> each.getText())
                .toList();
    }
}
