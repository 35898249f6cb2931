package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.telemetry.Answer.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final long HUGE = 200_000_000;

    private final Desk desk = new Desk();

    @Test
    void aHugeLineIsRefusedByNameWithoutRoomForItAndItsNeighboursAreTaken() throws IOException {
        var good = "Dec 10 09:32:20 h sshd[1]: Failed password for a from 1.2.3.4 port 1 ssh2\n";
        var in = joined(bytes(good), endless('x', HUGE), bytes("\n" + good));

        var answer = desk.take("format=sshd&year=2025", in);

        assertThat(answer.accepted()).isEqualTo(2);
        assertThat(answer.rejected()).containsExactly(new Rejection(1, "line", "is longer than 262144 bytes"));
    }

    @Test
    void noInputMakesTheBufferGrowBeyondTwiceTheLongestPiece() throws IOException {
        for (var pieces : List.<Function<InputStream, Pieces>>of(
                Lines::new, Rows::new, in -> Elements.of(in, true), in -> Elements.of(in, false))) {
            for (char c : "x\"[{,\n ".toCharArray()) {
                var reading = pieces.apply(endless(c, HUGE / 10));
                while (reading.next()) {}
                assertThat(reading.buffer.length).isLessThanOrEqualTo(2 * Pieces.LONGEST);
            }
        }
    }

    @Test
    void aHugeElementIsRefusedAndItsNeighboursAreTaken() throws IOException {
        var good =
                "{\"class_uid\":3002,\"activity_id\":1,\"status_id\":1,\"time\":1772366400000,\"user\":{\"name\":\"a\"}}";
        for (var format : new String[] {"[", ""}) {
            var separator = format.isEmpty() ? "\n" : ",";
            var in = joined(
                    bytes(format + good + separator + "{\"x\":\""),
                    endless('}', HUGE / 10),
                    bytes("\"}" + separator + good + (format.isEmpty() ? "" : "]")));

            var answer = desk.take("format=ocsf", in);

            assertThat(answer.rejected()).containsExactly(new Rejection(1, "event", "is longer than 262144 bytes"));
            assertThat(answer.accepted() + answer.duplicates()).isEqualTo(2);
        }
    }

    @Test
    void aRowWhoseQuoteNeverClosesCostsItsOwnLineOnly() throws IOException {
        var rows = new Rows(bytes("a,\"b\n" + "c,d\n".repeat(50_000)));

        assertThat(rows.next()).isTrue();
        assertThat(rows.flaw()).isEqualTo("has a quote that is never closed");
        int taken = 0;
        while (rows.next()) taken += rows.flaw() == null ? 1 : 0;
        assertThat(taken).isEqualTo(50_000);
    }

    @Test
    void whatStandsBehindAnArrayIsNamed() throws IOException {
        assertThat(cut(in -> Elements.of(in, false), "[1,2] 3"))
                .containsExactly("1", "2", "!stands behind the end of the array");
        assertThat(cut(in -> Elements.of(in, false), "[1")).containsExactly("!is cut off: the array does not end");
        assertThat(cut(in -> Elements.of(in, false), "[1,"))
                .containsExactly("1", "!is missing: the array does not end");
        assertThat(cut(in -> Elements.of(in, false), " [ ] ")).isEmpty();
        assertThat(cut(in -> Elements.of(in, false), "")).isEmpty();
        assertThat(cut(in -> Elements.of(in, true), "1\n\n2")).containsExactly("1", "", "2");
    }

    @Test
    void aValueThatDoesNotCloseCostsItselfAlone() throws IOException {
        for (var bad : List.of("{\"a\":\"x}", "{\"a\":{\"b\":1}", "{\"a\":[1,2}", "{", "{\"a\":\"x\\\"}")) {
            var good = "{\"g\":{\"h\":[1]}}";
            var broken = "!has brackets or quotes that do not close";

            assertThat(cut(in -> Elements.of(in, false), good + "\n" + bad + "\n" + good + "\n" + good))
                    .as(bad)
                    .containsExactly(good, broken, good, good);
            assertThat(cut(
                            in -> Elements.of(dripping(in, 3), false),
                            "[\n  " + good + ",\n  " + bad + ",\n  " + good + ",\n  " + good + "\n]"))
                    .as(bad)
                    .map(String::strip)
                    .containsExactly(good, broken, good, good);
        }
    }

    @Test
    void prettyValuesAreNotTornApart() throws IOException {
        var pretty = "{\n\"list\": [\n{\n\"a\": 1\n},\n{\n\"a\": 2\n}\n]\n}";

        assertThat(cut(in -> Elements.of(in, false), pretty + "\n" + pretty)).containsExactly(pretty, pretty);
        assertThat(cut(in -> Elements.of(in, false), "[\n" + pretty + ",\n" + pretty + "\n]").stream()
                        .map(String::strip))
                .containsExactly(pretty, pretty);
    }

    @Test
    void endlessBrokenValuesTakeTimeInProportion() throws IOException {
        var pieces = Elements.of(bytes("{\n".repeat(5_000_000)), false);
        long refused = 0;
        while (pieces.next()) if (pieces.flaw() != null) refused++;

        assertThat(refused).isPositive();
    }

    @Property(tries = 300)
    void linesAreTheSameHoweverTheyArrive(
            @ForAll @Size(max = 20) List<@CharRange(from = 'a', to = 'c') String> lines,
            @ForAll @IntRange(min = 1, max = 7) int chunk)
            throws IOException {
        var text = String.join("\n", lines);
        var whole = lines.isEmpty() || text.isEmpty()
                ? List.of()
                : List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));

        assertThat(cut(in -> new Lines(dripping(in, chunk)), text)).isEqualTo(whole);
        assertThat(cut(in -> new Rows(dripping(in, chunk)), text)).isEqualTo(whole);
    }

    @Property(tries = 300)
    void elementsAreTheSameHoweverTheyArrive(
            @ForAll @Size(max = 9) List<String> strings, @ForAll @IntRange(min = 1, max = 7) int chunk)
            throws IOException {
        var elements = new ArrayList<String>();
        for (var string : strings)
            elements.add("{\"s\":[\""
                    + string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"]}");
        var clean = elements.stream()
                .map(it -> new String(it.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .toList();

        assertThat(cut(in -> Elements.of(dripping(in, chunk), false), "[" + String.join(" ,\n", clean) + "]").stream()
                        .map(String::strip)
                        .toList())
                .isEqualTo(clean);
    }

    private static List<String> cut(Function<InputStream, Pieces> pieces, String text) throws IOException {
        var found = new ArrayList<String>();
        var reading = pieces.apply(bytes(text));
        while (reading.next())
            found.add(
                    reading.flaw() != null
                            ? "!" + reading.flaw()
                            : new String(
                                    reading.buffer, reading.from, reading.to - reading.from, StandardCharsets.UTF_8));
        return found;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream joined(InputStream... parts) {
        return new SequenceInputStream(java.util.Collections.enumeration(List.of(parts)));
    }

    private static InputStream endless(char c, long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? c : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int most) {
                if (left <= 0) return -1;
                int now = (int) Math.min(left, most);
                java.util.Arrays.fill(bytes, from, from + now, (byte) c);
                left -= now;
                return now;
            }
        };
    }

    private static InputStream dripping(InputStream in, int chunk) {
        return new java.io.FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int from, int most) throws IOException {
                return super.read(bytes, from, Math.min(most, chunk));
            }
        };
    }
}
