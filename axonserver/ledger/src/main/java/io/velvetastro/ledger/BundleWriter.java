package io.velvetastro.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs evidence. The same evidence gives the same bytes. */
public final class BundleWriter implements Closeable {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final Note checkpoint;

    /**
     * Begins a bundle.
     *
     * @param about for people: what was asked, by whom, and how to verify; nothing in it is evidence
     * @param checkpoint the platform's
     * @param own that of the organisation's own log, at the root to which all proofs lead
     */
    public BundleWriter(OutputStream out, String about, Note checkpoint, Note own) throws IOException {
        this.zip = new ZipOutputStream(out, UTF_8);
        this.checkpoint = checkpoint;
        put(Bundle.FORMAT, (Bundle.VERSION + Bundle.NEWEST_FORMAT + "\n").getBytes(UTF_8));
        put(Bundle.ABOUT, about.getBytes(UTF_8));
        put(Bundle.LOG_CHECKPOINT, own.toString().getBytes(UTF_8));
        put(Bundle.CHECKPOINT, checkpoint.toString().getBytes(UTF_8));
    }

    public void event(Leaf leaf, EventProof proof) throws IOException {
        if (!proof.checkpoint().toString().equals(checkpoint.toString())) {
            throw new IllegalArgumentException("All proofs of a bundle lead to its one checkpoint");
        }
        var index = proof.path().proof().index();
        put(Bundle.payload(index), leaf.payload());
        put(Bundle.envelope(index), Envelope.write(leaf));
        put(Bundle.proof(index), proof.tlogProof().bytes());
    }

    /** Adds what the census that this leaf records says of an id: with all the censuses, that no event naming it was left out. */
    public void census(long leaf, CensusProof proof) throws IOException {
        put(Bundle.census(leaf), proof.text().getBytes(UTF_8));
    }

    /** Adds values of an event in clear; of the others only their salted hashes travel. */
    public void disclose(long leaf, Disclosure disclosure) throws IOException {
        put(Bundle.disclosed(leaf), disclosure.text().getBytes(UTF_8));
    }

    /** Adds which events of this log the house itself doubts; without it nobody knows whether it doubts any. */
    public void doubts(Note signed) throws IOException {
        put(Bundle.DOUBTS, signed.toString().getBytes(UTF_8));
    }

    /**
     * Adds that nothing was rewritten since an earlier bundle.
     *
     * @param anchored where the earlier root of the organisation's log stands in the earlier platform log
     */
    public void since(
            Note earlier, Anchor anchor, InclusionProof anchored, ConsistencyProof platform, ConsistencyProof log)
            throws IOException {
        put(Bundle.PREVIOUS_CHECKPOINT, earlier.toString().getBytes(UTF_8));
        var proof = new TlogProof(anchor.encoded(), anchored.index(), anchored.path(), earlier);
        put(Bundle.PREVIOUS_ANCHOR, proof.bytes());
        put(Bundle.PLATFORM_CONSISTENCY, platform.text().getBytes(UTF_8));
        put(Bundle.LOG_CONSISTENCY, log.text().getBytes(UTF_8));
    }

    /**
     * Adds when the log's first leaves had been seen: an earlier root of it, in the platform's log as it was then.
     *
     * @param anchored where that root stands in that platform log
     * @param log that the organisation's log still begins with it
     */
    public void seen(Note then, Anchor anchor, InclusionProof anchored, ConsistencyProof log) throws IOException {
        var proof = new TlogProof(anchor.encoded(), anchored.index(), anchored.path(), then);
        put(Bundle.seen(anchor.size()), proof.bytes());
        put(Bundle.seenConsistency(anchor.size()), log.text().getBytes(UTF_8));
    }

    private void put(String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
