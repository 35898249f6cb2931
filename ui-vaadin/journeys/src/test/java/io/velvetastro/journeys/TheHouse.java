package io.velvetastro.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One house for all journeys that do not stop it: a start costs more than what is asked of it. */
final class TheHouse {
    private static final Client CLIENT = open();

    private TheHouse() {}

    /** A program that has signed in to it. */
    static Client client() {
        return CLIENT;
    }

    private static Client open() {
        try {
            var data = Files.createTempDirectory("velvet-journeys");
            var client = Client.of(data);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                client.house().close();
                delete(data);
            }));
            return client;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException leftToTheSystem) {
            // A temporary folder that stays is no failure of a journey.
        }
    }
}
