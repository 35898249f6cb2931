package io.velvetastro.decisions.telemetry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Gives a request that is sent again under its Idempotency-Key the answer it had. Only a convenience: events are named by what they say, so that a repeat stores nothing even where this memory is gone.
 */
final class Answers {
    private static final Duration REMEMBERED = Duration.ofHours(24);
    /** Each answer weighs one, each rejection in it another: a few thousand bad files fill it as a few hundred thousand good ones. */
    private static final int MOST_WEIGHT = 200_000;

    private static final int LONGEST_KEY = 255;

    private final Cache<Key, Entry> entries = Caffeine.newBuilder()
            .maximumWeight(MOST_WEIGHT)
            .weigher(Answers::weight)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Reads a body to an answer. */
    interface Work {
        Answer of(InputStream body) throws IOException;
    }

    private record Key(TenantId tenant, String request, String key) {}

    /** {@code answer} is null while the first request is under way. */
    private record Entry(@Nullable String digest, @Nullable Answer answer) {}

    Answer once(TenantId tenant, String request, @Nullable String idempotencyKey, InputStream body, Work work)
            throws IOException {
        if (idempotencyKey == null) return work.of(body);
        if (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)
            throw Problems.invalid("Idempotency-Key", "is not 1 to " + LONGEST_KEY + " characters");
        var key = new Key(tenant, request, idempotencyKey);
        var digested = new DigestInputStream(body, sha256());
        var earlier = entries.asMap().putIfAbsent(key, new Entry(null, null));
        if (earlier != null) return repeated(earlier, digested);
        boolean done = false;
        try {
            var answer = work.of(digested);
            entries.put(key, new Entry(digest(digested), answer));
            done = true;
            return answer;
        } finally {
            if (!done) entries.invalidate(key);
        }
    }

    private static int weight(Key key, Entry entry) {
        int rejections = entry.answer() == null ? 0 : entry.answer().rejected().size();
        return 1 + key.request().length() / 100 + rejections;
    }

    private static Answer repeated(Entry earlier, DigestInputStream body) throws IOException {
        if (earlier.answer() == null)
            throw Problems.refusal(
                    HttpStatus.CONFLICT,
                    "still-under-way",
                    "Still under way",
                    "The request with this Idempotency-Key is not done.");
        if (!digest(body).equals(earlier.digest()))
            throw Problems.refusal(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "Idempotency-Key reused",
                    "This Idempotency-Key belongs to a request with another body.");
        return earlier.answer();
    }

    private static String digest(DigestInputStream body) throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(body.getMessageDigest().digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
