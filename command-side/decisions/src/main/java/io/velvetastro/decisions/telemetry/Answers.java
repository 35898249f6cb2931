package io.velvetastro.decisions.telemetry;

import io.velvetastro.decisions.web.IdempotencyKey;
import io.velvetastro.language.Caller;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives a request that is sent again under its Idempotency-Key the answer it had, after a restart too. What was not finished is not remembered: it may be sent again, and events are named by what they say, so that none is stored twice.
 */
@Component("intakeAnswers") // The playbooks have answers of their own.
class Answers {
    private final AnswerBook book;
    private final Set<Slot> underWay = ConcurrentHashMap.newKeySet();

    Answers(AnswerBook book) {
        this.book = book;
    }

    /** Reads a body to an answer. */
    interface Work {
        Answer of(InputStream body) throws IOException;
    }

    /** Whose key it is: nobody meets another's. */
    record Slot(TenantId tenant, MemberId member, String key) {}

    /** An answer, and the request it belongs to. */
    record Given(byte[] request, Answer answer) {}

    Answer once(Caller caller, String request, @Nullable String idempotencyKey, InputStream body, Work work)
            throws IOException {
        if (idempotencyKey == null) return work.of(body);
        var slot = new Slot(caller.tenant(), caller.member(), IdempotencyKey.checked(idempotencyKey));
        if (!underWay.add(slot)) throw IdempotencyKey.underWay();
        try {
            return once(slot, new DigestInputStream(body, begun(request)), work);
        } finally {
            underWay.remove(slot);
        }
    }

    private Answer once(Slot slot, DigestInputStream body, Work work) throws IOException {
        var before = book.read(slot);
        if (before.isPresent()) return repeated(before.get(), digest(body));
        var answer = work.of(body);
        var digest = digest(body);
        return book.keep(slot, new Given(digest, answer))
                ? answer
                : repeated(book.read(slot), digest, answer); // Another process has answered meanwhile.
    }

    private static Answer repeated(Optional<Given> before, byte[] request, Answer otherwise) {
        return before.map(given -> repeated(given, request)).orElse(otherwise);
    }

    private static Answer repeated(Given before, byte[] request) {
        if (!Arrays.equals(before.request(), request)) throw IdempotencyKey.reused();
        return before.answer();
    }

    private static byte[] digest(DigestInputStream body) throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
        return body.getMessageDigest().digest();
    }

    private static MessageDigest begun(String request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((request + "\n").getBytes(StandardCharsets.UTF_8));
            return digest;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
