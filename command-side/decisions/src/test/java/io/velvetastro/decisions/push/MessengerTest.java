package io.velvetastro.decisions.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.decisions.push.Messenger.Patience;
import io.velvetastro.decisions.push.Outcome.Declined;
import io.velvetastro.decisions.push.Outcome.Taken;
import io.velvetastro.language.Network;
import io.velvetastro.questions.RecordPush.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: to whom a message goes, to whom it never does, and how little the other side can do to the house. */
class MessengerTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1));
    private static final Reachable HERE = new Reachable(List.of(Network.of("127.0.0.1")), Set.of(443), "");
    private static Certificate receiverTest;
    private static Certificate somebodyElse;

    private final AtomicInteger asked = new AtomicInteger();
    private Messenger messenger =
            messenger(HERE, Certificate.trusting(receiverTest, somebodyElse), Patience.USUAL, "127.0.0.1");

    MessengerTest() throws GeneralSecurityException, IOException {}

    @BeforeAll
    static void certificates(@TempDir Path folder) throws Exception {
        receiverTest = Certificate.of("receiver.test", folder);
        somebodyElse = Certificate.of("somebody-else.test", folder);
    }

    @AfterEach
    void close() {
        messenger.close();
    }

    /** The name answers these in turn, the last again and again. */
    private Messenger messenger(Reachable reachable, SSLContext trust, Patience patience, String... answers) {
        if (messenger != null) messenger.close();
        return messenger = new Messenger(
                reachable,
                host -> {
                    if (host.equals("nobody.test")) throw new UnknownHostException(host);
                    var answer = answers[Math.min(asked.getAndIncrement(), answers.length - 1)];
                    var found = new ArrayList<InetAddress>();
                    for (var one : answer.split(" ")) found.add(InetAddress.ofLiteral(one));
                    return found.toArray(InetAddress[]::new);
                },
                trust,
                patience,
                4);
    }

    private static SSLContext anybody() throws GeneralSecurityException {
        return SSLContext.getDefault();
    }

    private Outcome send(String url) {
        return messenger.send(
                new Receiver(URI.create(url)),
                List.of(SECRET),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                NOW,
                "{\"test\": 2432232314}");
    }

    /** The example of the specification, byte for byte. */
    @Test
    void aMessageIsSignedAsTheStandardSays() {
        try (var inbox = new Inbox()) {
            assertThat(send("http://127.0.0.1:" + inbox.port() + "/")).isEqualTo(new Taken(204));
            var came = inbox.came().getFirst();
            assertThat(came.id()).isEqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek");
            assertThat(came.timestamp()).isEqualTo("1614265330");
            assertThat(came.signature()).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
            assertThat(came.body()).isEqualTo("{\"test\": 2432232314}");
        }
    }

    @Test
    void tlsIsHeldAgainstTheNameAndNotAgainstTheAddress() throws Exception {
        try (var inbox = new Inbox(receiverTest.server())) {
            assertThat(send("https://receiver.test:" + inbox.port() + "/")).isEqualTo(new Taken(204));
            assertThat(send("https://another.test:" + inbox.port() + "/"))
                    .isEqualTo(Declined.because(Problem.UNTRUSTED));
            assertThat(inbox.came()).hasSize(1);
        }
        try (var inbox = new Inbox(somebodyElse.server())) {
            assertThat(send("https://receiver.test:" + inbox.port() + "/"))
                    .isEqualTo(Declined.because(Problem.UNTRUSTED));
            assertThat(inbox.came()).isEmpty();
        }
    }

    @Test
    void aCertificateOfNobodyKnownIsNotTrusted() throws Exception {
        messenger(HERE, anybody(), Patience.USUAL, "127.0.0.1");
        try (var inbox = new Inbox(receiverTest.server())) {
            assertThat(send("https://receiver.test:" + inbox.port() + "/"))
                    .isEqualTo(Declined.because(Problem.UNTRUSTED));
            assertThat(inbox.came()).isEmpty();
        }
    }

    @Test
    void whoSpeaksNoTlsIsNotTrusted() throws Exception {
        try (var plain = evil(socket ->
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(send("https://receiver.test:" + plain.getLocalPort() + "/"))
                    .isEqualTo(Declined.because(Problem.UNTRUSTED));
        }
    }

    /** A server here would hear of it: the house goes nowhere it was not let. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.0.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "64:ff9b::7f00:1",
                "fd00:ec2::254",
                "8.8.8.8 127.0.0.1",
                "127.0.0.1 8.8.8.8"
            })
    void whatANameLeadsToIsJudged(String address) throws Exception {
        try (var inbox = new Inbox()) {
            messenger(new Reachable(List.of(), Set.of(443, inbox.port()), ""), anybody(), Patience.USUAL, address);
            assertThat(send("https://receiver.test:" + inbox.port() + "/"))
                    .isEqualTo(Declined.because(Problem.ADDRESS));
            assertThat(send("https://receiver.test:" + inbox.port() + "/"))
                    .isEqualTo(Declined.because(Problem.ADDRESS));
            assertThat(inbox.came()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://[::1]:%d/",
                "http://127.1:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://0.0.0.0:%d/"
            })
    void anAddressInPlaceOfANameIsJudgedToo(String url) throws Exception {
        try (var inbox = new Inbox();
                var asItIs = new Messenger(
                        new Reachable(List.of(), Set.of(443, inbox.port()), ""),
                        InetAddress::getAllByName,
                        anybody(),
                        Patience.USUAL,
                        4)) {
            var receiver = new Receiver(URI.create(url.formatted(inbox.port())));
            assertThat(
                            receiver.url().getHost() == null
                                    ? Declined.because(Problem.ADDRESS)
                                    : asItIs.send(receiver, List.of(SECRET), "msg_1", NOW, "{}"))
                    .isEqualTo(Declined.because(Problem.ADDRESS));
            assertThat(inbox.came()).isEmpty();
        }
    }

    @Test
    void aNameIsAskedOnceAndWhatItSaysNextIsNotListenedTo() throws Exception {
        messenger(HERE, anybody(), Patience.USUAL, "127.0.0.1", "10.0.0.1");
        try (var inbox = new Inbox()) {
            var url = "http://rebinding.test:" + inbox.port() + "/";
            assertThat(send(url)).isEqualTo(new Taken(204));
            assertThat(asked).hasValue(1);
            assertThat(send(url)).as("the next try asks again").isEqualTo(Declined.because(Problem.ADDRESS));
            assertThat(inbox.came()).hasSize(1);
        }
    }

    @Test
    void aNameThatLeadsNowhereSoundsLikeOneThatLeadsInside() {
        assertThat(send("https://nobody.test/")).isEqualTo(Declined.because(Problem.ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void nobodySendsTheHouseElsewhere(int status) {
        try (var elsewhere = new Inbox();
                var inbox = new Inbox().answers(status, "Location", "http://127.0.0.1:" + elsewhere.port() + "/")) {
            assertThat(send("http://127.0.0.1:" + inbox.port() + "/"))
                    .isEqualTo(new Declined(Problem.REDIRECT, status, Duration.ZERO));
            assertThat(elsewhere.came()).isEmpty();
        }
    }

    @Test
    void howLongItIsAskedToStayAwayIsHeard() {
        try (var inbox = new Inbox()) {
            var url = "http://127.0.0.1:" + inbox.port() + "/";
            inbox.answers(429, "Retry-After", "120");
            assertThat(send(url)).isEqualTo(new Declined(Problem.STATUS, 429, Duration.ofMinutes(2)));
            inbox.answers(
                    503,
                    "Retry-After",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            NOW.plusSeconds(90).atOffset(ZoneOffset.UTC)));
            assertThat(send(url)).isEqualTo(new Declined(Problem.STATUS, 503, Duration.ofSeconds(90)));
            inbox.answers(503, "Retry-After", "soon");
            assertThat(send(url)).isEqualTo(new Declined(Problem.STATUS, 503, Duration.ZERO));
            inbox.answers(410);
            assertThat(send(url)).isEqualTo(new Declined(Problem.GONE, 410, Duration.ZERO));
        }
    }

    @Test
    void whereNobodyListensItIsNotReached() throws IOException {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port + "/")).isEqualTo(Declined.because(Problem.UNREACHABLE));
    }

    @Test
    void whoTakesTheConnectionAndSaysNothingIsLeft() throws Exception {
        messenger(HERE, anybody(), SHORT, "127.0.0.1");
        try (var silent = new ServerSocket()) {
            silent.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            assertThat(send("http://127.0.0.1:" + silent.getLocalPort() + "/"))
                    .isEqualTo(Declined.because(Problem.TIMEOUT));
            assertThat(send("https://receiver.test:" + silent.getLocalPort() + "/"))
                    .isEqualTo(Declined.because(Problem.TIMEOUT));
        }
    }

    /** Each drop comes in time; all in all it is too long. */
    @Test
    void whoAnswersDropByDropIsLeftToo() throws Exception {
        messenger(HERE, anybody(), SHORT, "127.0.0.1");
        try (var drops = evil(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; ; i++) {
                socket.getOutputStream().write(("X-" + i % 50 + ": x\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        })) {
            assertThat(send("http://127.0.0.1:" + drops.getLocalPort() + "/"))
                    .isIn(Declined.because(Problem.TIMEOUT), Declined.because(Problem.BROKEN_OFF));
        }
    }

    @Test
    void anAnswerWithoutEndIsNotListenedTo() throws Exception {
        try (var endless = evil(socket -> {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var piece = new byte[1024];
            while (true) socket.getOutputStream().write(piece);
        })) {
            var began = System.nanoTime();
            assertThat(send("http://127.0.0.1:" + endless.getLocalPort() + "/")).isEqualTo(new Taken(200));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Patience.USUAL.answer());
        }
    }

    @Test
    void headersWithoutEndAreNotListenedTo() throws Exception {
        try (var endless = evil(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) socket.getOutputStream().write("X-More: more\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(send("http://127.0.0.1:" + endless.getLocalPort() + "/"))
                    .isEqualTo(Declined.because(Problem.BROKEN_OFF));
        }
    }

    private interface Evil {
        void to(Socket socket) throws IOException;
    }

    private static ServerSocket evil(Evil deed) throws IOException {
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    socket.getInputStream().read(new byte[4096]);
                    deed.to(socket);
                } catch (IOException left) {
                    continue; // Which is what is hoped for.
                }
            }
        });
        return server;
    }
}
