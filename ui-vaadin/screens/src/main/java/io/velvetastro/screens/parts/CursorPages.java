package io.velvetastro.screens.parts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a grid that counts rows scroll over answers that come by cursor: remembers where each page began and keeps the
 * pages read last, so that millions of rows cost the server a few.
 */
public final class CursorPages<T> {
    private static final int KEPT = 8;

    private final int size;
    private final Ask<T> ask;
    private final List<@Nullable String> starts = new ArrayList<>();
    private final Map<Integer, Page<T>> kept = new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Page<T>> eldest) {
            return size() > KEPT;
        }
    };

    /** One answer; {@code next} is null on the last. */
    public record Page<T>(List<T> rows, @Nullable String next) {}

    /** Asks for the rows after a cursor, null for the first. */
    @FunctionalInterface
    public interface Ask<T> {
        Page<T> after(@Nullable String cursor, int limit);
    }

    public CursorPages(int size, Page<T> first, Ask<T> ask) {
        this.size = size;
        this.ask = ask;
        starts.add(null);
        keep(0, first);
    }

    public Stream<T> rows(int offset, int limit) {
        var rows = new ArrayList<T>(Math.min(limit, size));
        for (int page = offset / size; rows.size() < limit; page++) {
            var found = page(page);
            if (found == null) break;
            int from = Math.max(0, offset - page * size);
            if (from < found.rows().size())
                rows.addAll(found.rows().subList(from, Math.min(found.rows().size(), from + limit - rows.size())));
            if (found.next() == null) break;
        }
        return rows.stream();
    }

    /** Where a row stands among those read lately, or -1. */
    public int indexOf(Predicate<T> wanted) {
        for (var page : List.copyOf(kept.entrySet())) {
            var rows = page.getValue().rows();
            for (int i = 0; i < rows.size(); i++) if (wanted.test(rows.get(i))) return page.getKey() * size + i;
        }
        return -1;
    }

    private @Nullable Page<T> page(int number) {
        while (starts.size() <= number) {
            if (read(starts.size() - 1).next() == null) return null;
        }
        return read(number);
    }

    private Page<T> read(int number) {
        var page = kept.get(number);
        return page == null ? keep(number, ask.after(starts.get(number), size)) : page;
    }

    private Page<T> keep(int number, Page<T> page) {
        kept.put(number, page);
        if (page.next() != null && starts.size() == number + 1) starts.add(page.next());
        return page;
    }
}
