package io.velvetastro.app.cli;

import io.velvetastro.app.simulator.Show;
import io.velvetastro.app.simulator.Traffic;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends simulated sign-ins to a running house until it is stopped. */
final class DemoCommand {
    private final PrintStream out;
    private final PrintStream err;

    DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> typed, Map<String, String> environment) {
        var arguments = new Arguments(typed, Set.of("url", "seed", "rate", "history", "for"));
        arguments.noFile();
        var rate = arguments.number("rate", Traffic.USUAL_RATE, 0.001, 10_000);
        var seed = (long) arguments.number("seed", 1, 0, Long.MAX_VALUE);
        var history = arguments.duration("history", Duration.ZERO);
        var length = arguments.duration("for", Duration.ofDays(3_650));

        var house = CommandLine.house(arguments, environment, err).enter();
        var show = new Show(new Traffic(seed, rate), house);
        var started = Instant.now();
        if (history.isPositive()) out.println("History: " + show.history(started.minus(history), started));
        out.println("Sending simulated sign-ins, about " + rate
                + " a second, and an attack every few minutes; Ctrl-C stops.");
        show.live(started, started.plus(length), (sent, at) -> out.println(at + " " + sent));
        return 0;
    }
}
