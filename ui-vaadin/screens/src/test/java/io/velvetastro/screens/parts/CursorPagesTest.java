package io.velvetastro.screens.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.screens.parts.CursorPages.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorPagesTest {
    private final List<String> asked = new ArrayList<>();

    private CursorPages<Integer> over(int rows) {
        return new CursorPages<>(10, page(rows, null), (cursor, limit) -> {
            asked.add(cursor);
            return page(rows, cursor);
        });
    }

    private static Page<Integer> page(int rows, @Nullable String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(rows, from + 10);
        return new Page<>(IntStream.range(from, to).boxed().toList(), to < rows ? String.valueOf(to) : null);
    }

    @Test
    void rowsComeInOrderAcrossPages() {
        assertThat(over(95).rows(7, 20))
                .containsExactlyElementsOf(IntStream.range(7, 27).boxed().toList());
    }

    @Test
    void theFirstPageIsNotAskedForAgain() {
        assertThat(over(95).rows(0, 10)).hasSize(10);
        assertThat(asked).isEmpty();
    }

    @Test
    void aPageReadLatelyIsNotReadTwice() {
        var pages = over(95);
        assertThat(pages.rows(10, 10)).isNotEmpty();
        assertThat(pages.rows(12, 5)).isNotEmpty();
        assertThat(asked).containsExactly("10");
    }

    @Test
    void afterTheLastRowThereIsNothing() {
        var pages = over(95);
        assertThat(pages.rows(90, 50))
                .containsExactlyElementsOf(IntStream.range(90, 95).boxed().toList());
        assertThat(pages.rows(200, 50)).isEmpty();
    }

    @Test
    void farDownOnlyAFewPagesAreKept() {
        var pages = over(10_000);
        assertThat(pages.rows(5_000, 10)).first().isEqualTo(5_000);
        asked.clear();
        assertThat(pages.rows(100, 10)).first().isEqualTo(100);
        assertThat(asked)
                .as("an old page is read again from its own cursor, not from the top")
                .containsExactly("100");
    }

    @Test
    void aRowIsFoundAmongThoseReadLately() {
        var pages = over(95);
        assertThat(pages.rows(10, 10)).isNotEmpty();
        assertThat(pages.indexOf(row -> row == 14)).isEqualTo(14);
        assertThat(pages.indexOf(row -> row == 90)).isEqualTo(-1);
    }
}
