package io.velvetastro.ledger;

import io.velvetastro.ledger.NotProven.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The parcel in which evidence travels: a zip of events, proofs and the checkpoint they lead to. Whoever opens one may have been sent anything, so names are from a closed list and every size has an end.
 */
public final class Bundle implements Parcel, Closeable {
    static final String ABOUT = "about.txt";
    static final String FORMAT = "format";
    static final String CHECKPOINT = "checkpoint";
    static final String LOG_CHECKPOINT = "log/checkpoint";
    static final String DOUBTS = "doubts";
    static final String PREVIOUS_CHECKPOINT = "previous/checkpoint";
    static final String PREVIOUS_ANCHOR = "previous/anchor.tlog-proof";
    static final String PLATFORM_CONSISTENCY = "consistency/platform";
    static final String LOG_CONSISTENCY = "consistency/log";

    static final int MOST_FILES = 300_000;
    static final int MOST_BYTES_A_FILE = 16 * 1024 * 1024;
    static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

    /** What the first line of {@link #FORMAT} says before the version; bundles of the first version have no such file. */
    static final String VERSION = "velvetastro.io/bundle@v";

    static final int NEWEST_FORMAT = 2;

    private static final Set<String> SINGLE = Set.of(
            ABOUT,
            FORMAT,
            CHECKPOINT,
            LOG_CHECKPOINT,
            DOUBTS,
            PREVIOUS_CHECKPOINT,
            PREVIOUS_ANCHOR,
            PLATFORM_CONSISTENCY,
            LOG_CONSISTENCY);
    private static final Pattern OF_A_LEAF =
            Pattern.compile("events/(0|[1-9]\\d{0,17})\\.(json|envelope)|proofs/(0|[1-9]\\d{0,17})\\.tlog-proof");

    private static final Pattern OF_A_CENSUS = Pattern.compile("census/(0|[1-9]\\d{0,17})");

    private static final Pattern OF_A_DISCLOSURE = Pattern.compile("disclosed/(0|[1-9]\\d{0,17})");

    private static final Pattern OF_A_STATE = Pattern.compile("seen/(0|[1-9]\\d{0,17})\\.(tlog-proof|consistency)");

    private final ZipFile zip;
    private final Set<String> names = new HashSet<>();
    private final SortedSet<Long> leaves = new TreeSet<>();
    private final SortedSet<Long> censuses = new TreeSet<>();
    private final SortedSet<Long> disclosed = new TreeSet<>();
    private final SortedSet<Long> seen = new TreeSet<>();
    private long bytesRead;

    private Bundle(ZipFile zip) {
        this.zip = zip;
    }

    public static Bundle open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException damaged) {
            throw new NotProven(Reason.MALFORMED, "bundle", "a zip", Text.shown(String.valueOf(damaged.getMessage())));
        }
        var bundle = new Bundle(zip);
        try {
            bundle.requireKnownFormat();
            bundle.list(zip.entries());
            return bundle;
        } catch (IOException | RuntimeException refused) {
            zip.close();
            throw refused;
        }
    }

    /** Asked before all else: whoever has an older verifier should hear that it is too old, and not that a file is strange. */
    private void requireKnownFormat() throws IOException {
        if (zip.getEntry(FORMAT) == null) return;
        names.add(FORMAT);
        version(this);
        names.clear();
    }

    /** Of which version it says it is. */
    static int version(Parcel bundle) throws IOException {
        if (!bundle.has(FORMAT)) return 1;
        var text = Text.utf8(bundle.read(FORMAT), "format");
        for (int version = 2; version <= NEWEST_FORMAT; version++)
            if (text.equals(VERSION + version + "\n")) return version;
        throw new NotProven(
                Reason.MALFORMED, FORMAT, VERSION + NEWEST_FORMAT + ", or a newer verifier", Text.shown(text));
    }

    private void list(Enumeration<? extends ZipEntry> entries) {
        if (zip.size() > MOST_FILES)
            throw new NotProven(Reason.HOSTILE, "bundle", "at most " + MOST_FILES + " files", zip.size());
        while (entries.hasMoreElements()) {
            var name = entries.nextElement().getName();
            var ofLeaf = OF_A_LEAF.matcher(name);
            var known = ofLeaf.matches();
            var ofCensus = OF_A_CENSUS.matcher(name);
            var ofDisclosure = OF_A_DISCLOSURE.matcher(name);
            var ofState = OF_A_STATE.matcher(name);
            if (!known
                    && !ofCensus.matches()
                    && !ofDisclosure.matches()
                    && !ofState.matches()
                    && !SINGLE.contains(name)) {
                throw new NotProven(Reason.HOSTILE, "bundle", "only files of a bundle", Text.shown(name));
            }
            if (!names.add(name))
                throw new NotProven(Reason.HOSTILE, "bundle", "each file once", Text.shown(name) + " twice");
            if (ofState.matches()) seen.add(Long.parseLong(ofState.group(1)));
            if (ofDisclosure.matches()) disclosed.add(Long.parseLong(ofDisclosure.group(1)));
            if (ofCensus.matches()) censuses.add(Long.parseLong(ofCensus.group(1)));
            if (known) leaves.add(Long.parseLong(ofLeaf.group(1) != null ? ofLeaf.group(1) : ofLeaf.group(3)));
        }
    }

    @Override
    public SortedSet<Long> leaves() {
        return leaves;
    }

    @Override
    public SortedSet<Long> censuses() {
        return censuses;
    }

    @Override
    public SortedSet<Long> disclosed() {
        return disclosed;
    }

    @Override
    public SortedSet<Long> seen() {
        return seen;
    }

    @Override
    public boolean has(String name) {
        return names.contains(name);
    }

    /** What the zip says of a file's size is not believed. */
    @Override
    public byte[] read(String name) throws IOException {
        if (!has(name)) throw new NotProven(Reason.MISSING, "bundle", name, "no such file");
        try (var in = zip.getInputStream(zip.getEntry(name))) {
            var bytes = in.readNBytes(MOST_BYTES_A_FILE + 1);
            bytesRead += bytes.length;
            if (bytes.length > MOST_BYTES_A_FILE || bytesRead > MOST_BYTES) {
                throw new NotProven(
                        Reason.HOSTILE,
                        name,
                        "at most " + MOST_BYTES_A_FILE + " bytes a file, " + MOST_BYTES + " in all",
                        "more");
            }
            return bytes;
        } catch (ZipException damaged) {
            throw new NotProven(
                    Reason.MALFORMED, name, "an undamaged file", Text.shown(String.valueOf(damaged.getMessage())));
        }
    }

    static String payload(long leaf) {
        return "events/" + leaf + ".json";
    }

    static String envelope(long leaf) {
        return "events/" + leaf + ".envelope";
    }

    static String census(long leaf) {
        return "census/" + leaf;
    }

    static String disclosed(long leaf) {
        return "disclosed/" + leaf;
    }

    static String seen(long size) {
        return "seen/" + size + ".tlog-proof";
    }

    static String seenConsistency(long size) {
        return "seen/" + size + ".consistency";
    }

    static String proof(long leaf) {
        return "proofs/" + leaf + ".tlog-proof";
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
