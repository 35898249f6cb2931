package io.velvetastro.bench;

import io.velvetastro.ledger.Frontier;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.Metadata;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** P6: what appending to the ledger and verifying it in memory cost, in CPU time, against SHA-256 of the same bytes in one go. */
final class LedgerSpeed implements Bench.Measurement {
    private static final int EVENTS = 100_000;
    private static final int PASSES = 20;
    private static final int PAIRS = 5;

    private List<byte[]> contents = List.of();
    private List<Hash> leaves = List.of();

    @Override
    public boolean run(Path folder, Report report) throws Exception {
        contents = contents();
        leaves = contents.stream()
                .map(prefixed -> Hash.leaf(Arrays.copyOfRange(prefixed, 1, prefixed.length)))
                .toList();
        long bytes = contents.stream().mapToLong(content -> content.length).sum();
        report.say("%,d events a pair, %d bytes each on average", (long) EVENTS * PASSES, bytes / EVENTS);
        report.say(
                "%n| P6 | SHA-256 in one go MB/s | event by event MB/s | verify MB/s | ratio | append a hash µs CPU | hash and append µs CPU | encode, hash and append µs CPU |%n|---|---|---|---|---|---|---|---|");
        digest();
        verify(contents);
        var ratios = new ArrayList<Double>();
        for (int pair = 1; pair <= PAIRS; pair++) {
            double digested = cpu(this::digest);
            double single = cpu(this::digestEach);
            double verified = cpu(() -> verify(contents));
            double appended = cpu(this::append);
            double encoded = cpu(this::encodeAndAppend);
            double megabytes = bytes / 1e6 * PASSES;
            double events = (double) EVENTS * PASSES;
            ratios.add(digested / verified);
            report.say(
                    "| %d | %.0f | %.0f | %.0f | %.2f | %.3f | %.3f | %.3f |",
                    pair,
                    megabytes / digested,
                    megabytes / single,
                    megabytes / verified,
                    digested / verified,
                    appended / events * 1e6,
                    verified / events * 1e6,
                    encoded / events * 1e6);
        }
        report.verdict("P6 verify against SHA-256", ratios, "≥ 0.8; append ≤ 1 µs");
        return isRight(report);
    }

    private void digest() throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        for (int pass = 0; pass < PASSES; pass++) contents.forEach(sha256::update);
        sha256.digest();
    }

    private void digestEach() throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        for (int pass = 0; pass < PASSES; pass++) contents.forEach(sha256::digest);
    }

    private static Hash verify(List<byte[]> contents) {
        var tree = new Frontier();
        for (int pass = 0; pass < PASSES; pass++) contents.forEach(tree::appendPrefixed);
        return tree.root();
    }

    private void append() {
        var tree = new Frontier();
        for (int pass = 0; pass < PASSES; pass++) leaves.forEach(tree::append);
        tree.root();
    }

    private void encodeAndAppend() {
        var tree = new Frontier();
        var metadata = metadata();
        var payload = new byte[430];
        var ids = IntStream.range(0, 1000).mapToObj(LedgerSpeed::id).toArray(String[]::new);
        for (int i = 0; i < EVENTS * PASSES; i++) {
            tree.append(leaf(ids[i % ids.length], i, payload, metadata));
        }
        tree.root();
    }

    /** A tree of the same leaves, built another way, has the same root; one changed byte gives another. */
    private boolean isRight(Report report) {
        var other = new Frontier();
        for (int pass = 0; pass < PASSES; pass++) leaves.forEach(other::append);
        var root = verify(contents);
        var changed = new ArrayList<>(contents);
        var bytes = contents.get(EVENTS / 2).clone();
        bytes[bytes.length / 2] ^= 1;
        changed.set(EVENTS / 2, bytes);
        boolean right = root.equals(other.root()) && !root.equals(verify(changed));
        report.say(
                right
                        ? "Checked: same leaves, same root; one changed bit, another root."
                        : "WRONG: the roots do not behave.");
        return right;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** CPU seconds of this thread: what else runs on the machine does not count. */
    private static double cpu(Work work) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - before) / 1e9;
    }

    private static List<byte[]> contents() {
        var random = new Random(1);
        var metadata = metadata();
        var contents = new ArrayList<byte[]>(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            var payload = new byte[380 + random.nextInt(100)];
            random.nextBytes(payload);
            var content = leaf(id(i), i, payload, metadata).encoded();
            var prefixed = new byte[1 + content.length]; // The prefix of a leaf is a zero.
            System.arraycopy(content, 0, prefixed, 1, content.length);
            contents.add(prefixed);
        }
        return contents;
    }

    private static String id(int index) {
        return "023ecfbc-6fbd-84b7-82af-6cc78d" + String.format(Locale.ROOT, "%06x", index);
    }

    private static Leaf leaf(String id, int index, byte[] payload, Metadata metadata) {
        return Leaf.plain(
                "a18ea9aa08bd4b3fa5bdc491fc3df528",
                id,
                "io.velvetastro.language.LoginFailed",
                "1",
                1_795_325_470_254L + index,
                payload,
                metadata);
    }

    private static Metadata metadata() {
        return Metadata.ofTexts(Map.of(
                "tenant", "6f0e7d0a-5f3c-4c7b-9a53-0d3a5c8e7e11",
                "actor", "member:c536c1fa-f884-4327-b0d2-1234446f9ce3",
                "occurredAt", "2026-11-22T05:31:11.082463627Z",
                "correlationId", "6594fa4d-b9e2-454d-a0cc-f8e3aa284f67"));
    }
}
