package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.decisions.web.Problems.FieldError;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class CsvTest {
    private static final String ALERTS = "format=csv&time=time&timeUnit=s&target=ip&host=host&name=name";
    private static final String HEADER = "time,name,ip,host,short,time_label,event_label\n";

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Desk desk = new Desk();

    @Test
    void aRowWithANameIsAnAlert() {
        desk.take(
                ALERTS,
                HEADER
                        + "1642118409,Suricata: Alert - ET INFO,192.168.104.218,internal_share,S-Dns,false_positive,-\r\n");

        var alert = desk.alerts().getFirst();
        assertThat(alert.occurredAt()).isEqualTo("2022-01-14T00:00:09Z");
        assertThat(alert.name()).isEqualTo("Suricata: Alert - ET INFO");
        assertThat(alert.host()).isEqualTo("internal_share");
        assertThat(alert.source()).isNull();
        assertThat(desk.opened(alert.personal()).target()).isEqualTo("192.168.104.218");
        assertThat(desk.opened(alert.personal()).line()).isNull();
    }

    @Test
    void aRowWithAnOutcomeIsALogin() {
        desk.take(
                "format=csv&time=t&source=ip&user=who&outcome=ok",
                "\ufefft,who,ip,ok\n2026-02-01 10:00:00,\"O\"\"Brien, Pat\",203.0.113.9,True\n2026-02-01T10:00:01Z,eve,203.0.113.9,failure\n");

        assertThat(desk.opened(desk.successes().getFirst().personal()).user()).isEqualTo("O\"Brien, Pat");
        assertThat(desk.failures()).hasSize(1);
    }

    @Test
    void equalRowsAreEachAnEventAndTheFileAgainStoresNothing() {
        var row = "1642118409,Wazuh: First time,10.0.0.1,h,W,fp,-\n";
        var file = HEADER + row.repeat(3) + "1642118410,Wazuh: First time,10.0.0.1,h,W,fp,-\n";

        assertThat(desk.take(ALERTS, file).accepted()).isEqualTo(4);
        assertThat(desk.take(ALERTS, file))
                .extracting(Answer::accepted, Answer::duplicates)
                .containsExactly(0L, 4L);
    }

    @Test
    void aFollowerSendsTheLinesBeforeItsPieceAsContext() {
        var row = "1642118409,Wazuh: First time,10.0.0.1,h,W,fp,-\n";
        desk.take(ALERTS, HEADER + row.repeat(2));

        var answer = desk.take(ALERTS + "&context=2", HEADER + row.repeat(3));

        assertThat(answer).extracting(Answer::accepted, Answer::duplicates).containsExactly(1L, 0L);
    }

    @Test
    void aMappingThatFitsNoHeaderIsRefusedByName() {
        assertThat(errors("format=csv&time=when&timeUnit=days&name=name&zone=Mars", HEADER))
                .containsExactly(
                        new FieldError("timeUnit", "is none of s, ms, iso"),
                        new FieldError("zone", "is no time zone such as UTC, +02:00 or Europe/Oslo"));
        assertThat(errors("format=csv&time=when&name=name", HEADER))
                .containsExactly(new FieldError("time", "names no column of the header"));
        assertThat(errors("format=csv&time=t&name=n", "t,n,t\n"))
                .containsExactly(new FieldError("time", "names a column that the header has twice"));
        assertThat(errors("format=csv", HEADER)).extracting(FieldError::field).containsExactly("time", "name");
        assertThat(errors("format=csv&time=t&name=n", ""))
                .extracting(FieldError::field)
                .containsExactly("header");
        assertThat(errors("format=csv&time=t&name=n&timeunit=s", "t,n\n"))
                .extracting(FieldError::field)
                .containsExactly("timeunit");
        assertThat(errors("format=xml", "")).extracting(FieldError::field).containsExactly("format");
    }

    @Test
    void badRowsAreNamedByDataRowAndLoseNobodyElse() {
        var answer = desk.take("format=csv&time=t&timeUnit=ms&name=n&source=s", """
                t,n,s
                1642118409000,ok,1.2.3.4
                NaN,a,1.2.3.4
                1642118409000,a
                1642118409000,a,b,c,d
                1642118409000,a,1.2.3
                -5,a,1.2.3.4
                "1642118409000"x,a,1.2.3.4
                1642118409000,,1.2.3.4

                99999999999999,a,1.2.3.4
                1642118409000,"never closed,1.2.3.4
                1642118409001,ok,1.2.3.4
                """);

        assertThat(answer.accepted()).isEqualTo(2);
        assertThat(answer.skipped()).isEqualTo(2);
        assertThat(answer.rejected())
                .extracting(Rejection::index, Rejection::field, Rejection::detail)
                .containsExactly(
                        tuple(1L, "time", "is not a number"),
                        tuple(2L, "row", "has 2 fields where the header has 3"),
                        tuple(3L, "row", "has 5 fields where the header has 3"),
                        tuple(4L, "source", "is not an IP address"),
                        tuple(5L, "time", "is negative"),
                        tuple(6L, "row", "has text behind a closing quote"),
                        tuple(9L, "time", "is more than 10 minutes ahead of our clock"),
                        tuple(10L, "row", "has a quote that is never closed"));
    }

    @Test
    void aQuotedFieldMayHoldLineBreaks() {
        var answer =
                desk.take("format=csv&time=t&timeUnit=s&name=n", "t,n\n1642118409,\"two\nlines\"\n1642118409.5,\"\"\n");

        assertThat(answer.skipped()).isEqualTo(1);
        assertThat(desk.alerts().getFirst().name()).isEqualTo("two␊lines");
    }

    @Test
    void aQuotedFieldHasUpTo32LineBreaks() {
        var fits = "1642118409,\"a" + "\nb".repeat(32) + "\"\n";
        var doesNot = "1642118409,\"a" + "\nb".repeat(33) + "\"\n";

        assertThat(desk.take("format=csv&time=t&timeUnit=s&name=n", "t,n\n" + fits)
                        .accepted())
                .isOne();
        assertThat(desk.take("format=csv&time=t&timeUnit=s&name=n", "t,n\n" + doesNot)
                        .accepted())
                .isZero();
    }

    /** Counted in bytes, not in seconds: the figure is the same on any machine. */
    @Test
    void aRowOfNothingButQuotesTakesMemoryInProportionToItsLength() {
        var quotes = ("\"\",".repeat(85_000) + "\n").getBytes(StandardCharsets.UTF_8);
        var doubled = ("\"" + "\"\"".repeat(120_000) + "\",\n").getBytes(StandardCharsets.UTF_8);
        for (var row : List.of(quotes, doubled)) {
            var fields = new Fields(7);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            fields.split(row, 0, row.length - 1);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(20L * row.length);
        }
    }

    @Test
    void aHeaderOfThousandsOfColumnsIsRefusedByName() {
        assertThat(desk.take("format=csv&time=t&name=n", "t,n" + ",x".repeat(998) + "\n"))
                .isNotNull();
        assertThat(errors("format=csv&time=t&name=n", "t,n" + ",x".repeat(999) + "\n"))
                .containsExactly(new FieldError("header", "names more than 1000 columns"));
    }

    private List<FieldError> errors(String query, String file) {
        var caught = new java.util.concurrent.atomic.AtomicReference<List<FieldError>>();
        assertThatThrownBy(() -> desk.take(query, file))
                .isInstanceOfSatisfying(ErrorResponseException.class, refused -> {
                    assertThat(refused.getStatusCode().value()).isEqualTo(400);
                    caught.set(errorsOf(refused));
                });
        return caught.get();
    }

    @SuppressWarnings("unchecked")
    private static List<FieldError> errorsOf(ErrorResponseException refused) {
        return (List<FieldError>) refused.getBody().getProperties().get("errors");
    }
}
