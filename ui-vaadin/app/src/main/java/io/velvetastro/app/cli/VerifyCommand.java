package io.velvetastro.app.cli;

import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Judged;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.Note;
import io.velvetastro.ledger.Receipt;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.RuleText;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code ./velvet verify BUNDLE --key VKEY,… [--witness VKEY,…] [--log NAME] [--since BUNDLE] [--receipt FILE] [--complete ID [--uncounted N]] [--attack ID]}: checks evidence with nothing but the file and the keys that were typed. No network, no database, no trust in the house it came from.
 */
final class VerifyCommand {
    /** The exit code where all is proven and the house doubts some of it, or has not said whether it does. */
    private static final int DOUBTED = 3;

    private static final int SHOWN_EVENTS = 20;
    /** What a house that is at work has taken down between its count and the bundle. */
    private static final long MOST_UNCOUNTED = 100;

    private static final int MOST_LINES = 200;
    private static final long MOST_BYTES_OF_A_RECEIPT = 64 * 1024;

    private final PrintStream out;

    VerifyCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> typed) {
        var arguments = new Arguments(
                typed, Set.of("key", "witness", "log", "since", "receipt", "complete", "uncounted", "attack"));
        var file = file(arguments.file());
        var trust = trust(arguments);
        var receipt = arguments.option("receipt").map(VerifyCommand::file);
        var kept = arguments.option("since").map(VerifyCommand::file);
        long uncounted =
                arguments.option("uncounted").map(VerifyCommand::number).orElse(MOST_UNCOUNTED);
        try (var bundle = Bundle.open(file)) {
            var report = Verifier.verify(bundle, trust);
            arguments.option("log").ifPresent(name -> requireLog(report, name));
            if (kept.isPresent()) report.requireFollows(verified(kept.get(), trust));
            var missing = receipt.isEmpty() ? List.<String>of() : missing(report, receipt.get(), trust);
            print(report);
            kept.ifPresent(name -> out.println("\nNOTHING REWRITTEN since " + Inert.text(name.toString())
                    + ": all that its log had then is in this one, unchanged."));
            receipt.ifPresent(name -> printReceipt(missing));
            arguments.option("attack").ifPresent(id -> requireJudged(report, id));
            arguments.option("complete").ifPresent(id -> requireComplete(report, id, uncounted));
            return report.isBeyondDoubt() ? 0 : DOUBTED;
        } catch (NotProven notProven) {
            throw Failed.because("NOT PROVEN (" + notProven.reason() + ") " + notProven.where() + "\n  expected "
                    + notProven.expected() + "\n  found    " + notProven.found());
        } catch (IOException unreadable) {
            throw Failed.because(
                    "The bundle could not be read: " + Inert.text(String.valueOf(unreadable.getMessage())));
        }
    }

    private static Path file(String typed) {
        try {
            var file = Path.of(typed);
            if (Files.isRegularFile(file)) return file;
        } catch (InvalidPathException impossible) {
            // Said below.
        }
        throw Failed.misused("There is no file " + Inert.text(typed) + ".");
    }

    private static long number(String typed) {
        try {
            return Long.parseUnsignedLong(typed);
        } catch (NumberFormatException unfit) {
            throw Failed.misused("--uncounted wants a number.");
        }
    }

    /** What somebody has kept is believed no more than what is new: by the keys that were typed. */
    private static Report verified(Path kept, Trust trust) throws IOException {
        try (var bundle = Bundle.open(kept)) {
            return Verifier.verify(bundle, trust);
        }
    }

    private static void requireLog(Report report, String name) {
        if (!report.anchor().log().equals(name))
            throw new NotProven(
                    NotProven.Reason.CONTRADICTED, "log", name, report.anchor().log());
    }

    private static Trust trust(Arguments arguments) {
        try {
            var witnesses = arguments.option("witness").map(VerifyCommand::keys).orElse(List.of());
            return new Trust(keys(arguments.required("key")), witnesses);
        } catch (NotProven unfit) {
            throw Failed.misused("That is no key to verify with: " + unfit.getMessage());
        }
    }

    private static List<VerifierKey> keys(String typed) {
        return Stream.of(typed.split(",")).map(VerifierKey::parse).toList();
    }

    private static List<String> missing(Report report, Path receipt, Trust trust) throws IOException {
        if (Files.size(receipt) > MOST_BYTES_OF_A_RECEIPT)
            throw Failed.misused("The receipt is longer than any of ours.");
        return report.missingOf(Receipt.trusted(Note.parse(Files.readAllBytes(receipt)), trust.logs()));
    }

    /** Whoever names somebody has to hear that something may be missing, also where a script listens. */
    private void requireComplete(Report report, String id, long mostUncounted) {
        out.println();
        var counted = report.complete();
        if (counted != null && report.isComplete(id) && report.uncounted() > mostUncounted)
            throw Failed.because("NOT COMPLETE\n  expected counts of all but the newest " + mostUncounted
                    + " leaves (--uncounted N takes more)\n  found    counts of the first " + counted.to() + " of "
                    + report.anchor().size() + ": " + report.uncounted()
                    + " leaves of which no count is in this bundle");
        if (counted != null && report.isComplete(id)) {
            out.println("COMPLETE: all that names " + Inert.text(id) + " among the first " + counted.to() + " of "
                    + report.anchor().size() + " leaves is here"
                    + (report.uncounted() == 0
                            ? "."
                            : "; of the newest " + report.uncounted() + " no count is in this bundle."));
            return;
        }
        throw Failed.because("NOT COMPLETE\n  expected a count of all that names " + Inert.text(id)
                + ", from the log's first leaf on\n  found    "
                + (counted == null
                        ? "no count: this bundle may leave out whatever its maker liked"
                        : "a count of " + counted.id() + " from leaf " + counted.from() + " on"));
    }

    /** Whoever names an attack has to hear where a rule's text or an event it rests on is missing, also where a script listens. */
    private void requireJudged(Report report, String id) {
        var findings =
                report.judged().stream().filter(finding -> finding.isOf(id)).toList();
        if (findings.isEmpty())
            throw Failed.because("NOT JUDGED\n  expected a finding of " + Inert.text(id) + "\n  found    none here");
        for (var finding : findings) {
            if (finding.text() == null)
                throw Failed.because("NOT JUDGED\n  expected the text of rule " + finding.rule() + ", SHA-256 "
                        + (finding.ruleHash() == null ? "unnamed" : finding.ruleHash())
                        + "\n  found    no such text in this bundle (leaf " + finding.leaf() + ")");
            if (!finding.absent().isEmpty())
                throw Failed.because("NOT JUDGED\n  expected the " + finding.named() + " events that leaf "
                        + finding.leaf() + " names as evidence\n  found    all but "
                        + finding.absent().size() + ", first of them "
                        + finding.absent().getFirst());
        }
        out.println();
        out.println("JUDGED: each finding of " + Inert.text(id) + " (" + findings.size()
                + ") with its rule's text and every event it names is here. The text:");
        findings.stream().map(Judged::text).filter(Objects::nonNull).distinct().forEach(this::print);
    }

    private void print(RuleText rule) {
        out.println();
        out.println("  leaf " + rule.leaf() + ", SHA-256 " + rule.sha256());
        rule.text().lines().limit(MOST_LINES).forEach(line -> out.println("  | " + Inert.text(line)));
        if (rule.text().lines().count() > MOST_LINES)
            out.println("  | … the rest is in events/" + rule.leaf() + ".json");
    }

    private void printReceipt(List<String> missing) {
        out.println();
        if (missing.isEmpty()) {
            out.println("RECEIPT KEPT: every event it promises is among these, unchanged.");
            return;
        }
        out.println(
                "RECEIPT: these are promised by it and not in this bundle (ask for a bundle that has to have them)");
        missing.stream().limit(SHOWN_EVENTS).forEach(id -> out.println("  " + Inert.text(id)));
        if (missing.size() > SHOWN_EVENTS) out.println("  … and " + (missing.size() - SHOWN_EVENTS) + " more");
    }

    private void print(Report report) {
        out.println(report.verdict());
        report.proven().forEach(line -> out.println("  " + Inert.text(line)));
        out.println();
        report.events().stream().limit(SHOWN_EVENTS).forEach(event -> print(report, event));
        if (report.events().size() > SHOWN_EVENTS) {
            out.println("  … and " + (report.events().size() - SHOWN_EVENTS) + " more");
        }
        out.println();
        out.println("NOT PROVEN by this, nor by anything in it");
        report.notProven().forEach(line -> out.println("  " + line));
    }

    private void print(Report report, Report.Proven event) {
        out.println(Inert.text("  leaf " + event.index() + "  " + event.recorded() + "  "
                + event.type().substring(event.type().lastIndexOf('.') + 1) + "  " + event.eventId()
                + report.existedBy(event).map(at -> "  existed by " + at).orElse("")
                + report.expired(event).map(at -> "  expired on " + at).orElse("")
                + report.doubted(event).map(at -> "  DOUBTED on " + at).orElse("")));
        for (var value : event.disclosed())
            out.println(
                    Inert.text("        " + value.name() + ": " + (value.value() == null ? "(none)" : value.value())));
    }
}
