package io.velvetastro.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./velvet backup TARGET}: everything a running house keeps, in one file. */
final class BackupCommand {
    private final PrintStream out;
    private final PrintStream err;

    BackupCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> typed, Map<String, String> environment) {
        var arguments = new Arguments(typed, Set.of("url"));
        var target = Path.of(arguments.file()).toAbsolutePath();
        if (Files.exists(target)) throw Failed.misused("There is a " + target + " already: name a new file.");
        var house = CommandLine.house(arguments, environment, err).enter();
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            house.fetch("/api/v1/platform/backup", unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            out.println("Saved " + (Files.size(target) + 1023) / 1024 + " KiB in " + target + ".");
            out.println("The keys are not in it. Keep the folders keys and witness of the house's data apart from it.");
            return 0;
        } catch (IOException broken) {
            throw Failed.because("The backup could not be written: " + broken.getMessage());
        }
    }
}
