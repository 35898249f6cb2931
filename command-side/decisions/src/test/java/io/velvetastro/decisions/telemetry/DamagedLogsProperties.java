package io.velvetastro.decisions.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Real lines with bytes turned over, cut out, doubled and spliced: closer to what breaks parsers than noise is. */
class DamagedLogsProperties {
    private static final String SSHD = """
            Dec 10 09:32:20 LabSZ sshd[24680]: Failed password for invalid user admin from 119.4.203.64 port 2191 ssh2
            <38>1 2025-02-10T09:00:02.5Z host sshd 123 ID47 [x@1 a="\\"] b"][y@1] Accepted publickey for bob from 2001:db8::1 port 1 ssh2: RSA SHA256:x
            Dec 10 11:04:43 LabSZ sshd[25539]: message repeated 3 times: [ Failed password for root from 183.62.140.253 port 36300 ssh2]
            """;
    private static final String OCSF = """
            {"class_uid":3002,"activity_id":1,"status_id":2,"time":1772366400000,"metadata":{"uid":"u","labels":["simulated"],"product":{"name":"Okta"}},"user":{"name":"a\\u001b"},"src_endpoint":{"ip":"203.0.113.5"},"http_request":{"user_agent":"Mozilla/5.0"}}
            {"class_uid":2004,"activity_id":1,"severity_id":4,"time_dt":"2026-03-01T11:59:00Z","finding_info":{"title":"T"},"evidences":[{"src_endpoint":{"ip":"::1"},"actor":{"user":{"name":"b"}}}]}
            """;
    private static final String COWRIE = """
            {"eventid":"cowrie.login.failed","src_ip":"41.77.145.22","sensor":"s","timestamp":"2026-02-01T14:17:34.189158Z","username":"root","password":"hunter2"}
            {"eventid":"cowrie.command.input","src_ip":"41.77.145.22","sensor":"s","timestamp":"2026-02-01T14:17:49Z","input":"rm -rf /"}
            """;
    private static final String CSV = """
            t,n,s,o
            1642118409,"Suricata: ""ET"", x",1.2.3.4,
            1642118409.5,,::1,ok
            1642118410,a,,failed
            """;

    @Property(tries = 3000)
    void damagedSshdLogsAreAccountedFor(@ForAll Random random) {
        ParsersFuzzTest.holds("format=sshd&year=2025", damaged(SSHD, random, 0));
    }

    @Property(tries = 3000)
    void damagedOcsfIsAccountedFor(@ForAll Random random) {
        ParsersFuzzTest.holds("format=ocsf", damaged(OCSF, random, 0));
    }

    @Property(tries = 1000)
    void damagedCowrieLogsAreAccountedFor(@ForAll Random random) {
        ParsersFuzzTest.holds("format=cowrie", damaged(COWRIE, random, 0));
    }

    @Property(tries = 3000)
    void damagedTablesAreAccountedFor(@ForAll Random random) {
        var header = CSV.indexOf('\n') + 1;
        ParsersFuzzTest.holds("format=csv&time=t&timeUnit=s&name=n&source=s&outcome=o", damaged(CSV, random, header));
    }

    private static byte[] damaged(String text, Random random, int spared) {
        var bytes = text.repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int at = spared + random.nextInt(bytes.length - spared);
            int length = Math.min(random.nextInt(40), bytes.length - at);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\"\\{}[],:\n\r \0<-0".charAt(random.nextInt(15));
                case 2 -> { // Cut out.
                    var shorter = Arrays.copyOf(bytes, bytes.length - length);
                    System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
                    bytes = shorter.length > spared ? shorter : bytes;
                }
                default -> { // Splice in from elsewhere.
                    var longer = new byte[bytes.length + length];
                    System.arraycopy(bytes, 0, longer, 0, at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), longer, at, length);
                    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
