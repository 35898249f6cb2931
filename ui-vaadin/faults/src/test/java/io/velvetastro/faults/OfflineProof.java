package io.velvetastro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.ledger.Bundle;
import io.velvetastro.ledger.Report;
import io.velvetastro.ledger.Trust;
import io.velvetastro.ledger.Verifier;
import io.velvetastro.ledger.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An auditor: asks for a bundle, pins the keys, and verifies it with nothing of the house at hand. */
public final class OfflineProof {
    private static final Duration LONGEST_COUNT = Duration.ofSeconds(60);

    private OfflineProof() {}

    /** How many events were proven. */
    public static int of(Client client, String question, Path folder) {
        return report(client, question, folder).events().size();
    }

    /** What was proven, and what was not. */
    public static Report report(Client client, String question, Path folder) {
        try {
            var file = Files.createDirectories(folder).resolve("evidence.zip");
            // Where the log has grown and was not counted again yet, the house asks to be asked again.
            var answer = Patience.until(
                    LONGEST_COUNT,
                    () -> client.file("/api/v1/forensics/bundles", question, file),
                    said -> said.statusCode() != 429);
            assertThat(answer.statusCode())
                    .as(Files.readString(file, StandardCharsets.ISO_8859_1)
                            .lines()
                            .findFirst()
                            .orElse(""))
                    .isEqualTo(200);
            var key = VerifierKey.parse(client.text("/api/v1/forensics/key"));
            var witness = VerifierKey.parse(client.text("/api/v1/forensics/witness"));
            try (var bundle = Bundle.open(file)) {
                return Verifier.verify(bundle, Trust.in(key, List.of(witness)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
