package io.velvetastro.notary;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.Leaf;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.witness.WitnessProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A witness as somebody else runs it on their machine: a process of its own, with a folder of its own. */
final class WitnessElsewhere implements AutoCloseable {
    private final Process process;
    private final VerifierKey key;
    private final URI address;

    WitnessElsewhere(Path folder, VerifierKey log) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Stream.of(WitnessProcess.class, Leaf.class, CannotStart.class)
                                .map(WitnessElsewhere::location)
                                .collect(Collectors.joining(File.pathSeparator)),
                        WitnessProcess.class.getName(),
                        "--data",
                        folder.toString(),
                        "--log",
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = process.inputReader();
        key = VerifierKey.parse(after("witness key ", said.readLine()));
        address = URI.create(after("listening at ", said.readLine()));
    }

    VerifierKey key() {
        return key;
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static String after(String beginning, String line) throws IOException {
        if (line == null || !line.startsWith(beginning)) throw new IOException("It said " + line);
        return line.substring(beginning.length());
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException odd) {
            throw new AssertionError(odd);
        }
    }
}
