package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.telemetry.Answer.Rejection;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Severity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfTest {
    private static final String GOOD =
            "{'class_uid':3002,'activity_id':1,'status_id':2,'time':1772366400000,'user':{'name':'alice'},"
                    + "'src_endpoint':{'ip':'203.0.113.5'}}";

    private final Desk desk = new Desk();

    @Test
    void anAuthenticationIsALogin() {
        desk.events(json("""
                        {'activity_id':1,'class_uid':3002,'time':1772366400123,'status_id':1,'is_mfa':true,'auth_protocol':'OpenID',
                         'metadata':{'uid':'evt-1','version':'1.3.0','labels':['simulated'],'product':{'name':'Okta','vendor_name':'Okta'}},
                         'user':{'name':'Alice','email_addr':'alice@example.org','uid':'00u1'},
                         'src_endpoint':{'ip':'::ffff:203.0.113.5','port':5,'location':{'country':'NO'}},
                         'dst_endpoint':{'hostname':'portal.example.org'},'service':{'name':'Portal'},
                         'http_request':{'user_agent':'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.71 Safari/537.36'},
                         'unmapped':{'deep':[{'a':[1,2,{'b':null}]}]}}
                        """), false);

        var fact = desk.journal.facts.values().iterator().next();
        var attempt = desk.successes().getFirst().attempt();
        assertThat(attempt.occurredAt()).isEqualTo("2026-03-01T12:00:00.123Z");
        assertThat(attempt.sensor()).isEqualTo("Okta");
        assertThat(attempt.service()).isEqualTo("Portal");
        assertThat(attempt.method()).isEqualTo("openid+mfa");
        assertThat(attempt.host()).isEqualTo("portal.example.org");
        assertThat(attempt.device().browser()).isEqualTo("Chrome");
        assertThat(attempt.device().os()).isEqualTo("Windows");
        assertThat(attempt.device().kind()).isEqualTo("desktop");
        assertThat(desk.opened(attempt.personal()).address()).isEqualTo("203.0.113.5");
        assertThat(desk.opened(attempt.personal()).user()).isEqualTo("Alice");
        assertThat(fact.envelope())
                .containsEntry(Envelope.SIMULATED, "true")
                .containsEntry(Envelope.ACTOR, "member:test");
    }

    @Test
    void whatTellsWhoSomebodyIsIsSealedForThatPrincipal() {
        desk.events(json(GOOD), true);

        var attempt = desk.attempts().getFirst();
        assertThat(attempt.personal().text()).startsWith(attempt.principal() + ".");
    }

    @Test
    void aDetectionFindingIsAnAlert() {
        desk.events(json("""
                        {'class_uid':2004,'activity_id':1,'severity_id':4,'time_dt':'2026-03-01T11:59:00+00:00','metadata':{'product':{'name':'EDR'}},
                         'finding_info':{'title':'Credential dumping','uid':'f-1'},'device':{'hostname':'ws1','ip':'10.0.0.7'},
                         'evidences':[{'src_endpoint':{'ip':'198.51.100.7'},'actor':{'user':{'name':'bob'}}}]}
                        """), false);

        var alert = desk.alerts().getFirst();
        assertThat(alert.name()).isEqualTo("Credential dumping");
        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
        assertThat(alert.host()).isEqualTo("ws1");
        assertThat(alert.occurredAt()).isEqualTo("2026-03-01T11:59:00Z");
        assertThat(desk.opened(alert.personal()).target()).isEqualTo("10.0.0.7");
        assertThat(desk.opened(alert.personal()).address()).isEqualTo("198.51.100.7");
        assertThat(desk.opened(alert.personal()).user()).isEqualTo("bob");
    }

    @Test
    void whatSaysNothingWeKeepIsSkipped() {
        var answer = desk.events(
                json("{'class_uid':4002,'activity_id':1,'time':1}\n{'class_uid':3002,'activity_id':2,'time':1}\n"
                        + GOOD.replace("'status_id':2", "'status_id':99") + "\n\n"),
                true);

        assertThat(answer.skipped()).isEqualTo(4);
        assertThat(answer.rejectedTotal()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'time':1772366400000 | 'time':NaN | time | is not JSON",
                "'time':1772366400000 | 'time':'1772366400000' | time | is not a number",
                "'time':1772366400000 | 'time':1.5 | time | is not a whole number",
                "'time':1772366400000 | 'time':-1 | time | is negative",
                "'time':1772366400000 | 'time':1772366400 | time | is before 1990; it counts milliseconds, not seconds",
                "'time':1772366400000 | 'time':99999999999999999999999 | time | is too large",
                "'time':1772366400000 | 'time':9223372036854775807 | time | is more than 10 minutes ahead of our clock",
                "'time':1772366400000 | 'time':1772366400000000 | time | is more than 10 minutes ahead of our clock",
                "'time':1772366400000 | 'time':null | time | is missing",
                "'time':1772366400000 | 'time':{} | time | is not a number",
                "'name':'alice' | 'name':7 | user.name | is not a string",
                "'name':'alice' | 'name':'' | user | has no name, email_addr or uid",
                "{'name':'alice'} | 'alice' | user | is not an object",
                "203.0.113.5 | 203.0.113.500 | src_endpoint.ip | is not an IP address",
                "203.0.113.5 | example.org | src_endpoint.ip | is not an IP address",
                "'status_id':2 | 'status_id':7 | status_id | is none of 0, 1, 2, 99",
                "'status_id':2 | 'status_id':true | status_id | is not a number",
                "'activity_id':1 | 'activity_id':null | activity_id | is missing",
                "'class_uid':3002 | 'class_uid':-3002 | class_uid | is negative",
                "'class_uid':3002, | 'x':1, | class_uid | is missing",
            })
    void aWrongValueIsRefusedByNameAndItsNeighboursAreTaken(String right, String wrong, String field, String detail) {
        var bad = GOOD.replace(right, wrong);

        for (var lines : new boolean[] {true, false}) {
            var body = lines ? GOOD + "\n" + bad + "\n" + GOOD : "[" + GOOD + "," + bad + ",\n" + GOOD + "]";
            var answer = desk.events(json(body), lines);

            assertThat(answer.rejected()).containsExactly(new Rejection(1, field, detail));
            assertThat(answer.accepted() + answer.duplicates()).isEqualTo(2);
        }
    }

    @Test
    void deepNestingIsRefusedByName() {
        var answer = desk.events(json("{'unmapped':" + "[".repeat(5000) + "]".repeat(5000) + "}\n" + GOOD), true);

        assertThat(answer.rejected())
                .singleElement()
                .extracting(Rejection::detail)
                .isEqualTo("is nested too deep or too long");
        assertThat(answer.accepted()).isEqualTo(1);
    }

    /** A member's name is as much the sender's own as its value: people and passwords stand in both. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'alice@example.org':tru} | event",
                "{'unmapped':{'alice@example.org':{'x':tru}}} | event",
                "{'user':{'alice@example.org':{'name':tru}}} | user",
                "{'user':{'name':tru}} | user.name",
                "{'evidences':[{},{'src_endpoint':{'ip':tru}}]} | evidences[1].src_endpoint.ip",
                "{'evidences':[{'alice':[[[tru]]]}]} | evidences[0]",
            })
    void whereAnEventBreaksIsSaidInOurWordsOnly(String broken, String field) {
        assertThat(desk.events(json(broken), true).rejected()).containsExactly(new Rejection(0, field, "is not JSON"));
    }

    @Test
    void tooDeepIsSaidInOurWordsOnly() {
        var deep = "{'alice@example.org':".repeat(40) + "1" + "}".repeat(40);

        assertThat(desk.events(json(deep), true).rejected())
                .containsExactly(new Rejection(0, "event", "is nested too deep or too long"));
    }

    @Test
    void aLongNameIsRefusedAndALongAgentCut() {
        var answer = desk.events(
                json(GOOD.replace("alice", "a".repeat(600)) + "\n"
                        + GOOD.replace(
                                "'user':", "'http_request':{'user_agent':'" + "x".repeat(50_000) + "'},'user':")),
                true);

        assertThat(answer.rejected()).containsExactly(new Rejection(0, "user.name", "is longer than 512 characters"));
        assertThat(desk.opened(desk.attempts().getFirst().personal()).userAgent())
                .hasSize(Limits.USER_AGENT + 1);
    }

    @Test
    void hostileTextBecomesInert() {
        desk.events(json(GOOD.replace("alice", "a\\u0000b\\u001b[31m\\ud800\\u202e")), true);

        assertThat(desk.opened(desk.attempts().getFirst().personal()).user()).isEqualTo("a␀b␛[31m\ufffd\ufffd");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        var bytes = json(GOOD + "\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("alice")] = (byte) 0xff;

        var answer = desk.take("format=ocsf", bytes);

        assertThat(answer.rejected()).containsExactly(new Rejection(0, "user.name", "is not JSON"));
        assertThat(answer.accepted()).isEqualTo(1);
    }

    @Test
    void theSameUidIsTheSameEvent() {
        var named = GOOD.replace("'user'", "'metadata':{'uid':'x1'},'user'");

        var answer = desk.events(json("[" + named + "," + named.replace("alice", "bob") + "]"), false);

        assertThat(answer.accepted()).isEqualTo(1);
        assertThat(answer.duplicates()).isEqualTo(1);
    }

    @Test
    void withoutUidEqualEventsOfOneBodyAreTwoAndTheBodyAgainIsNone() {
        var body = json(GOOD + "\n" + GOOD + "\n");

        assertThat(desk.events(body, true).accepted()).isEqualTo(2);
        assertThat(desk.events(body, true).duplicates()).isEqualTo(2);
        assertThat(desk.journal.facts).hasSize(2);
    }

    @Test
    void aSentenceOfTheSourceIsNotStoredOnlyItsKind() {
        desk.events(json(GOOD.replace("'user'", "'status_detail':'Wrong password hunter2 for alice','user'")), true);

        assertThat(desk.failures().getFirst().cause()).isEqualTo("wrong-password");
    }

    @Test
    void arraysThatBreakOffSayWhereAndKeepWhatCameBefore() {
        var answer = desk.events(json("[" + GOOD + "," + GOOD.substring(0, 40)), false);

        assertThat(answer.accepted()).isEqualTo(1);
        assertThat(answer.rejected()).containsExactly(new Rejection(1, "event", "is cut off: the array does not end"));
    }

    @Test
    void objectsInARowNeedNoArray() {
        assertThat(desk.events(json(GOOD.replace(",", ",\n") + GOOD), false).accepted())
                .isEqualTo(2);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
