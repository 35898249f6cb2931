package io.velvetastro.decisions.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.velvetastro.decisions.plan.Allowances;
import io.velvetastro.decisions.telemetry.Formats.Reading;
import io.velvetastro.decisions.web.Problems;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.Receipts;
import io.velvetastro.language.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Runs imports and knows their ids. */
@Service
class Intake {
    private final Recorder recorder;
    private final Pseudonyms pseudonyms;
    private final Rejections rejections;
    private final Allowances allowances;
    private final MeterRegistry meters;
    private final ObjectProvider<Receipts> receipts;

    Intake(
            Recorder recorder,
            Pseudonyms pseudonyms,
            Rejections rejections,
            Allowances allowances,
            MeterRegistry meters,
            ObjectProvider<Receipts> receipts) {
        this.allowances = allowances;
        this.receipts = receipts;
        this.recorder = recorder;
        this.pseudonyms = pseudonyms;
        this.rejections = rejections;
        this.meters = meters;
    }

    /** @param promised whether the answer is to carry signed receipts */
    Answer take(Caller caller, String log, Reading reading, int context, Duration patience, boolean promised) {
        if (!promised) return take(caller, log, reading, context, patience, null);
        var notary = receipts.getIfAvailable();
        if (notary == null) throw Problems.invalid("receipt", "is not given by this house: it keeps no ledger");
        var promises = new Promises(notary, caller.tenant());
        return take(caller, log, reading, context, patience, promises).with(promises.signed());
    }

    private Answer take(
            Caller caller, String log, Reading reading, int context, Duration patience, @Nullable Promises promises) {
        var importId = freshId(caller.tenant());
        var sender = new Recorder.Sender(caller.tenant(), caller.actor(), importId.toString(), allowances.of(caller));
        var running = new Import(
                new Import.Order(sender, importId, log, reading.pieces(), reading.parser(), context, patience),
                recorder,
                pseudonyms,
                rejections);
        if (promises != null) running.promising(promises);
        try {
            return running.run();
        } catch (Body.Bomb bomb) {
            throw brokenOff(HttpStatus.CONTENT_TOO_LARGE, "The body " + bomb.getMessage(), running.answer());
        } catch (IOException cut) {
            throw brokenOff(HttpStatus.BAD_REQUEST, "The body breaks off or is packed wrongly", running.answer());
        } finally {
            count(running.answer());
        }
    }

    private void count(Answer answer) {
        count("accepted", answer.accepted());
        count("duplicate", answer.duplicates());
        count("skipped", answer.skipped());
        count("rejected", answer.rejectedTotal());
    }

    private void count(String outcome, long lines) {
        if (lines > 0) meters.counter("velvet.intake.lines", "outcome", outcome).increment(lines);
    }

    /** Whether this names an import of this tenant: ids prove themselves, so that an import without rejections leaves no row. */
    boolean isImportOf(TenantId tenant, UUID importId) {
        return importId.equals(id(tenant, importId.getMostSignificantBits()));
    }

    private UUID freshId(TenantId tenant) {
        return id(tenant, UUID.randomUUID().getMostSignificantBits());
    }

    private UUID id(TenantId tenant, long random) {
        var proof = pseudonyms.named(tenant, "velvet-import", Long.toHexString(random));
        return new UUID(random, proof.value().getLeastSignificantBits());
    }

    private static RuntimeException brokenOff(HttpStatus status, String what, Answer soFar) {
        var problem = Problems.of(
                status,
                "broken-off",
                "Broken off",
                what + "; what came before is stored, and sending it again resumes.");
        problem.setProperty("accepted", soFar.accepted());
        problem.setProperty("duplicates", soFar.duplicates());
        return Problems.refusal(problem);
    }
}
