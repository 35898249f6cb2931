package io.velvetastro.store.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.EvidenceEvent.EvidenceExported;
import io.velvetastro.store.axon.EventJson;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Shapes that are no longer written lie in stores for ever. */
class OlderRevisionsTest {
    @Test
    void anExportFromBeforeReasonsWereAskedIsReadAsOneWithout() throws Exception {
        var pinned = Files.readString(Path.of(
                "src/test/resources/events/io.velvetastro.language.EvidenceEvent.EvidenceExported.1.whole.json"));
        var read = EventJson.mapper().readValue(pinned, EvidenceExported.class);
        assertThat(read.reason()).isNull();
        assertThat(read.events()).isEqualTo(7);
    }
}
