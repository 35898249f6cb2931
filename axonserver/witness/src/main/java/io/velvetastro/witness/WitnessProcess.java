package io.velvetastro.witness;

import static io.velvetastro.language.CannotStart.Because.MACHINE;
import static io.velvetastro.language.CannotStart.Because.USAGE;

import io.velvetastro.language.CannotStart;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.VerifierKey;
import io.velvetastro.ledger.Witness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Where {@code ./velvet witness} begins, and the child that a house starts when no other witness was named. */
public final class WitnessProcess {
    /** Ends with whoever started it: its standard input ends then, however that one died. */
    static final String WITH_PARENT = "--with-parent";

    static final String LISTENING = "listening at ";
    private static final Set<String> OPTIONS = Set.of("--data", "--log", "--port", "--bind", "--name");

    private WitnessProcess() {}

    public static void main(String... typed) throws IOException {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        try {
            var options = options(typed);
            var door = open(options);
            System.out.println(LISTENING + door.address());
            if (options.containsKey(WITH_PARENT)) {
                while (System.in.read() >= 0) {}
                System.exit(0);
            }
        } catch (CannotStart refusal) {
            System.err.println(refusal.getMessage());
            System.exit(refusal.because().exitCode());
        }
    }

    private static WitnessDoor open(Map<String, String> options) {
        var folder = new WitnessFolder(Path.of(required(options, "--data")));
        var logs = logs(required(options, "--log"));
        folder.takeAlone();
        var key = folder.key(options.getOrDefault("--name", "velvetastro.io/witness/" + anyName()));
        System.out.println("witness key " + key.verifier());
        try {
            var at = new InetSocketAddress(
                    InetAddress.getByName(options.getOrDefault("--bind", "127.0.0.1")), port(options));
            var origin = logs.getFirst().name();
            return new WitnessDoor(new Witness(key, origin, logs, folder.memory(origin)), Clock.systemUTC(), at);
        } catch (IOException e) {
            throw new CannotStart(MACHINE, "The witness cannot listen there: change --bind or --port.", e);
        }
    }

    private static Map<String, String> options(String... typed) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < typed.length; i++) {
            if (typed[i].equals(WITH_PARENT)) options.put(WITH_PARENT, "");
            else if (OPTIONS.contains(typed[i]) && i + 1 < typed.length) options.put(typed[i], typed[++i]);
            else
                throw new CannotStart(
                        USAGE, "witness wants --data DIR --log VKEY [--port N] [--bind ADDR] [--name NAME].");
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        var value = options.get(name);
        if (value == null) throw new CannotStart(USAGE, name + " is missing.");
        return value;
    }

    private static List<VerifierKey> logs(String typed) {
        try {
            var keys = Stream.of(typed.split(",")).map(VerifierKey::parse).toList();
            if (keys.stream().map(VerifierKey::name).distinct().count() == 1) return keys;
        } catch (NotProven unfit) {
            // Told below.
        }
        throw new CannotStart(
                USAGE, "--log wants the log's verifier key, or two of the same name with a comma between.");
    }

    private static int port(Map<String, String> options) {
        try {
            int port = Integer.parseInt(options.getOrDefault("--port", "0"));
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new CannotStart(USAGE, "--port wants a number up to 65535.");
    }

    private static String anyName() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
