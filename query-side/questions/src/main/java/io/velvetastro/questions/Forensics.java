package io.velvetastro.questions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.velvetastro.language.DrillId;
import io.velvetastro.language.EventId;
import io.velvetastro.language.ExportId;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Stream;
import io.velvetastro.language.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about everything that is stored, and about the proof of it. */
public interface Forensics {

    /** A page of the event history, latest occurrence first. {@code limit} 1 to 200. */
    record EventHistory(
            TenantId tenant, HistoryFilter filter, @Nullable String cursor, int limit) {}

    /**
     * What to look for; absent parts ask for nothing.
     *
     * @param types event types by their short names, such as {@code LoginFailed}
     * @param user a whole name as a customer's system knows it, in any case
     * @param address a whole address
     * @param principal the opaque name of an identity
     * @param incident its decisions, its findings, and the events that those name
     */
    record HistoryFilter(
            @Nullable Instant from,
            @Nullable Instant to,
            Set<String> types,
            @Nullable String user,
            @Nullable String address,
            @Nullable String principal,
            @Nullable IncidentId incident) {
        public static HistoryFilter none() {
            return new HistoryFilter(null, null, Set.of(), null, null, null, null);
        }
    }

    /** One stored event in a line; {@code says} is the most telling of its clear facts, {@code user} and {@code address} were opened for the reader. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistoryRow(
            EventId id,
            String type,
            Stream stream,
            Instant occurredAt,
            Instant recordedAt,
            @Nullable String user,
            @Nullable String address,
            @Nullable String host,
            String says,
            String actor) {}

    /** {@code total} is counted up to {@link #MOST_COUNTED}; what is more is called that. */
    record HistoryPage(List<HistoryRow> items, @Nullable String next, long total) {}

    long MOST_COUNTED = 10_000;

    /** How the ledger of an organisation stands. */
    record LedgerState(TenantId tenant) {}

    /** INTACT when all but the last moments is witnessed, CATCHING_UP for those moments, LATE when they last, CONTRADICTED when the ledger refuses what it finds, EMPTY before the first event. */
    enum Standing {
        INTACT,
        CATCHING_UP,
        LATE,
        CONTRADICTED,
        EMPTY
    }

    /**
     * The state under the newest witnessed checkpoint.
     *
     * @param says what is wrong, in a sentence; empty when nothing is
     * @param size how many events the organisation's own log had then
     * @param pending how many have come since
     * @param root in Base64
     * @param logKey the key that signs, a C2SP vkey; nobody should take it from here who can take it from elsewhere
     * @param checkpoint the signed note itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LedgerAnswer(
            Standing standing,
            String says,
            long size,
            long pending,
            String root,
            long platformSize,
            String logKey,
            List<WitnessSeen> witnesses,
            String checkpoint) {}

    /** A witness by its key, and when it saw the checkpoint; absent when it has not. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WitnessSeen(String key, @Nullable Instant at) {}

    /** One stored event with all that proves it. */
    record EventEvidence(TenantId tenant, EventId id) {}

    /** {@code evidence} is absent when this tenant has no such event. */
    record EvidenceAnswer(@Nullable Evidence evidence) {}

    /**
     * The bytes as they are hashed; what they mean, and whether they are proven, is for a verifier to say.
     *
     * @param payload exactly as stored, personal values sealed
     * @param envelope everything else of the leaf, as in a bundle; absent until the ledger has come to the event
     * @param proof a C2SP tlog-proof; absent until then
     * @param expiredAt when the month of the event ended, and with it whatever could open what is sealed in it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Evidence(
            EventId id,
            String type,
            Stream stream,
            Instant recordedAt,
            byte[] payload,
            byte @Nullable [] envelope,
            byte @Nullable [] proof,
            @Nullable Instant expiredAt) {
        public Evidence(
                EventId id,
                String type,
                Stream stream,
                Instant recordedAt,
                byte[] payload,
                byte @Nullable [] envelope,
                byte @Nullable [] proof) {
            this(id, type, stream, recordedAt, payload, envelope, proof, null);
        }
    }

    /** That nothing was rewritten since a checkpoint of the platform's log that somebody has kept. */
    record Unchanged(TenantId tenant, long since) {}

    /** A consistency proof up to the newest witnessed checkpoint, and that one; absent when the log was never of that size. */
    record UnchangedAnswer(@Nullable String proof, String checkpoint) {}

    /** Who took evidence out of the house, newest first. {@code limit} 1 to 200. */
    record CustodyLog(TenantId tenant, @Nullable String cursor, int limit) {}

    /**
     * One export.
     *
     * @param question what was asked for: {@code incident …}, {@code principal …}, {@code … to …}
     * @param sha256 of the bundle as it left; absent when it never did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CustodyRow(
            ExportId id,
            Instant at,
            String by,
            String question,
            @Nullable IncidentId incident,
            int events,
            @Nullable String reason,
            @Nullable String sha256,
            @Nullable Long bytes) {}

    record CustodyPage(List<CustodyRow> items, @Nullable String next, long total) {}

    /** Tamper drills, newest first; at most 200. */
    record Drills(TenantId tenant, int limit) {}

    record DrillRow(
            DrillId id,
            Instant at,
            String by,
            long firstLeaf,
            int events,
            int edits,
            int found,
            int falseAlarms,
            long millis) {}

    record DrillList(List<DrillRow> items) {}

    /** Told to whoever asked CustodyLog or Drills. */
    record CustodyChanged(TenantId tenant) {}

    /** What a drill saw, edit by edit; the answer to the command that runs one. */
    record DrillReport(
            DrillId id,
            long firstLeaf,
            int events,
            long copyMillis,
            long auditMillis,
            List<DrillEdit> edits,
            List<String> falseAlarms) {
        public int found() {
            return (int) edits.stream().filter(edit -> edit.found() != null).count();
        }
    }

    /** One change to the copy: which leaf, what was done to it, and what the audit said; {@code found} is absent when it said nothing. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DrillEdit(long leaf, String what, @Nullable String found) {}

    /** Rounds through the whole store, newest first; at most 200. */
    record Audits(TenantId tenant, int limit) {}

    /** {@code askedAt} is when somebody asked for a round that has not ended yet; absent when nobody waits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditsAnswer(@Nullable Instant askedAt, List<AuditRow> items) {}

    /**
     * One round: everything that was stored held against the ledger, and that against its signatures and the witnesses.
     *
     * @param asked whether somebody had asked for it
     * @param events how many stored events were held against their leaves
     * @param checkpoint the size of the platform's log under the newest witnessed checkpoint when it began
     * @param found how much of the asking organisation's, or of the house as a whole, is not as the ledger has it
     * @param elsewhere how much is not so in other organisations' logs
     * @param first the first of what was found
     * @param failure what the round stumbled over; then nobody knows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditRow(
            long number,
            Instant beganAt,
            Instant endedAt,
            boolean asked,
            long events,
            long checkpoint,
            int found,
            int elsewhere,
            List<AuditFinding> first,
            @Nullable String failure) {}

    /** A place that is not as the ledger has it, and in what. */
    record AuditFinding(String place, String what) {}

    /** When the round was asked for, the answer to the command that asks for one; {@code againInSeconds} is 0, unless one that was asked for has just ended and nobody goes again before that. */
    record AuditAsked(Instant at, long againInSeconds) {}

    /** Events that had been changed before the ledger had them, and what was said about each. */
    record DoubtList(TenantId tenant) {}

    record DoubtsAnswer(List<DoubtRow> items) {}

    /**
     * One such event.
     *
     * @param leaf where it stands in the organisation's log, as it was found
     * @param eventId absent when it is gone by now
     * @param acknowledged absent while nobody has looked at it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DoubtRow(
            long leaf,
            @Nullable String eventId,
            @Nullable String type,
            Instant foundAt,
            @Nullable Acknowledged acknowledged) {}

    /** Who says that they have looked; the reason is absent when its month has ended. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Acknowledged(String by, @Nullable String reason, Instant at) {}
}
