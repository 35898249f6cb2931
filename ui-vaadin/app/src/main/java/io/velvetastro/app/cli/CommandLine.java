package io.velvetastro.app.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where {@code ./velvet import}, {@code follow}, {@code demo}, {@code verify}, {@code backup} and {@code restore} begin. */
public final class CommandLine {

    /** What is asked here is answered in a few lines; a database that is started for it has much to tell, and nobody asked. */
    private static final String QUIET = "io/velvetastro/app/cli/quiet.xml";

    private CommandLine() {}

    public static void main(String... typed) {
        if (System.getProperty("logback.configurationFile") == null)
            System.setProperty("logback.configurationFile", QUIET);
        System.exit(run(Arrays.asList(typed), System.getenv(), System.in, System.out, System.err));
    }

    static int run(
            List<String> typed, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        try {
            if (typed.isEmpty())
                throw Failed.misused("Name a command: import, follow, demo, verify, backup or restore.");
            var rest = typed.subList(1, typed.size());
            return switch (typed.getFirst()) {
                case "import" -> new ImportCommand(in, out, err).run(rest, environment);
                case "follow" -> new FollowCommand(out, err).run(rest, environment);
                case "demo" -> new DemoCommand(out, err).run(rest, environment);
                case "backup" -> new BackupCommand(out, err).run(rest, environment);
                case "restore" -> new RestoreCommand(out).run(rest);
                case "verify" -> new VerifyCommand(out).run(rest);
                default -> throw Failed.misused("There is no command " + typed.getFirst() + ".");
            };
        } catch (Failed failed) {
            err.println(failed.getMessage());
            return failed.exitCode();
        }
    }

    static House house(Arguments arguments, Map<String, String> environment, PrintStream err) {
        var token = Optional.ofNullable(environment.get("VELVET_TOKEN"))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        return new House(arguments.url(), token, err::println);
    }
}
