package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OccurrencesProperties {

    @Property
    void aLineCountsAmongItsLikeOfTheLastTenMinutes(
            @ForAll @Size(max = 400) List<@IntRange(min = 0, max = 90_000) Integer> draws) {
        var counting = new Occurrences();
        var lastSeen = new HashMap<String, Long>();
        var count = new HashMap<String, Integer>();
        long now = 0;
        for (int draw : draws) {
            var line = "line " + draw % 30;
            long at = draw / 30;
            now = Math.max(now, at);
            boolean recent = lastSeen.containsKey(line) && now - lastSeen.get(line) <= 600;
            count.put(line, recent ? count.get(line) + 1 : 0);
            lastSeen.put(line, now);

            assertThat(counting.next(line, Instant.ofEpochSecond(at))).isEqualTo(count.get(line));
        }
    }

    @Property(tries = 50)
    void theSameLogGivesTheSameNumbersAgain(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int most) {
        assertThat(numbers(seed, most)).isEqualTo(numbers(seed, most));
    }

    @Example
    void memoryIsBoundedHoweverManyLinesThereAre() {
        var counting = new Occurrences(1000);
        for (int i = 0; i < 200_000; i++) counting.next("line " + i, Instant.ofEpochSecond(i / 1000));

        assertThat(counting.capacity()).isLessThanOrEqualTo(8192);
        assertThat(counting.next("line 199999", Instant.ofEpochSecond(199))).isEqualTo(1);
    }

    private static List<Integer> numbers(long seed, int most) {
        var random = new Random(seed);
        var counting = new Occurrences(most);
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < 2000; i++)
            numbers.add(counting.next("line " + random.nextInt(300), Instant.ofEpochSecond(i + random.nextInt(900))));
        return numbers;
    }
}
