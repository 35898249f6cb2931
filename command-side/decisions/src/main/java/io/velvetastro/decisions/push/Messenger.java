package io.velvetastro.decisions.push;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.velvetastro.decisions.push.Outcome.Declined;
import io.velvetastro.decisions.push.Outcome.Taken;
import io.velvetastro.questions.RecordPush.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one message to a receiver, signed as Standard Webhooks say. Its name is looked up once and checked, and the connection goes to what was checked; it follows nobody elsewhere, and neither waits nor listens for long.
 */
final class Messenger implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Messenger.class);
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_LINE = 8_192;
    /** Of the answer's body; the status has said it all. */
    private static final int MOST_LISTENED = 4_096;

    private final Patience patience;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("record-push-watch").daemon().factory());

    /** How long one try may last: to connect and shake hands, to hear something, and all in all. */
    record Patience(Duration connect, Duration answer, Duration whole) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    /** Who is asked what a name leads to. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @param atOnce no more connections than these */
    Messenger(Reachable reachable, Names names, SSLContext trust, Patience patience, int atOnce) {
        this.patience = patience;
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Checked(names, reachable))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_LINE)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(patience.connect))
                        .setSocketTimeout(Timeout.of(patience.answer))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(Timeout.of(patience.connect))
                        .setSupportedProtocols(TLS.V_1_3, TLS.V_1_2)
                        .build())
                .setMaxConnTotal(atOnce)
                .setMaxConnPerRoute(atOnce)
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) -> false) // Each try looks its name up anew.
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(patience.connect))
                        .setResponseTimeout(Timeout.of(patience.answer))
                        .setAuthenticationEnabled(false)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .setUserAgent("Velvet-Astro")
                .build();
    }

    /** @param secrets each signs; the receiver knows one of them */
    Outcome send(Receiver receiver, List<String> secrets, String id, Instant at, String body) {
        var request = new HttpPost(receiver.url());
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(at.getEpochSecond()));
        request.setHeader("webhook-signature", signature(secrets, id, at, body));
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON, false));
        var tooLate = new AtomicBoolean();
        var end = watch.schedule(
                () -> {
                    tooLate.set(true);
                    request.cancel();
                },
                patience.whole.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return answer(request, at);
        } catch (IOException failed) {
            var why = tooLate.get() ? Problem.TIMEOUT : why(failed);
            log.debug("A record was not taken: {} ({})", why, failed.getClass().getSimpleName());
            return Declined.because(why);
        } finally {
            end.cancel(false);
        }
    }

    private Outcome answer(HttpPost request, Instant at) throws IOException {
        var answer = http.executeOpen(null, request, null);
        try {
            var outcome = told(answer, at);
            if (!listenedToTheEnd(answer.getEntity())) request.cancel();
            return outcome;
        } finally {
            quietly(answer);
        }
    }

    private static Outcome told(ClassicHttpResponse answer, Instant at) {
        int status = answer.getCode();
        if (status >= 200 && status < 300) return new Taken(status);
        var problem = status == 410 ? Problem.GONE : status >= 300 && status < 400 ? Problem.REDIRECT : Problem.STATUS;
        return new Declined(problem, status, wait(answer.getFirstHeader(HttpHeaders.RETRY_AFTER), at));
    }

    /** Whether the body ended within what is listened to; where it breaks off it is all the same. */
    private static boolean listenedToTheEnd(@Nullable HttpEntity body) {
        if (body == null) return true;
        try {
            return body.getContent().readNBytes(MOST_LISTENED).length < MOST_LISTENED;
        } catch (IOException brokenOff) {
            return false;
        }
    }

    /** Seconds, or a date; what is neither asks for nothing. */
    private static Duration wait(@Nullable Header asked, Instant now) {
        if (asked == null) return Duration.ZERO;
        var text = asked.getValue().strip();
        if (text.matches("\\d{1,9}")) return Duration.ofSeconds(Long.parseLong(text));
        var until = DateUtils.parseStandardDate(text);
        return until == null || until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
    }

    private static String signature(List<String> secrets, String id, Instant at, String body) {
        try {
            var signatures = new ArrayList<String>();
            for (var secret : secrets) signatures.add(new Webhook(secret).sign(id, at.getEpochSecond(), body));
            return String.join(" ", signatures);
        } catch (WebhookSigningException broken) {
            throw new IllegalStateException("A secret of this house's own making signs", broken);
        }
    }

    private static Problem why(IOException failed) {
        return switch (failed) {
            case UnknownHostException nowhere -> Problem.ADDRESS;
            case SSLException untrusted -> Problem.UNTRUSTED;
            case InterruptedIOException late -> Problem.TIMEOUT;
            case ConnectException closed -> Problem.UNREACHABLE;
            case NoRouteToHostException closed -> Problem.UNREACHABLE;
            default -> Problem.BROKEN_OFF;
        };
    }

    private static void quietly(ClassicHttpResponse answer) {
        try {
            answer.close();
        } catch (IOException gone) {
            log.trace("The other side was quicker", gone);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    /** One bad address among several is enough: nobody gets in beside a good one. */
    private record Checked(Names names, Reachable reachable) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            var found = names.of(host);
            if (found.length == 0 || !Stream.of(found).allMatch(each -> reachable.allows(each, port)))
                throw new UnknownHostException("An address that the house does not call");
            return Stream.of(found)
                    .map(each -> new InetSocketAddress(each, port))
                    .toList();
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("An address without a port is not judged");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
