package io.velvetastro.store.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import io.velvetastro.language.AccessCommand;
import io.velvetastro.language.AccessCommand.RecordAccess;
import io.velvetastro.language.AccessEvent;
import io.velvetastro.language.AccessId;
import io.velvetastro.language.AuditCommand;
import io.velvetastro.language.CensusCommand;
import io.velvetastro.language.DefenseCommand;
import io.velvetastro.language.DoubtCommand;
import io.velvetastro.language.DrillCommand;
import io.velvetastro.language.EvidenceCommand;
import io.velvetastro.language.IncidentCommand;
import io.velvetastro.language.PlaybookCommand;
import io.velvetastro.language.PrivacyCommand;
import io.velvetastro.store.axon.EventJson;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is ordered in one process may be done in another, which has nothing but the bytes. */
class CommandShapesTest {
    private static final ObjectMapper JSON = EventJson.mapper();

    @TestFactory
    Stream<DynamicTest> everyCommandArrivesAsItWasSent() {
        return Stream.of(
                        AccessCommand.class,
                        AuditCommand.class,
                        CensusCommand.class,
                        DefenseCommand.class,
                        DoubtCommand.class,
                        DrillCommand.class,
                        EvidenceCommand.class,
                        IncidentCommand.class,
                        PlaybookCommand.class,
                        PrivacyCommand.class)
                .flatMap(commands -> Arrays.stream(commands.getPermittedSubclasses()))
                .map(command -> DynamicTest.dynamicTest(command.getSimpleName(), () -> {
                    arrives(Specimen.whole(command));
                    arrives(Specimen.sparse(command));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyFactAboutWhoMayComeInArrivesAsItWasSent() {
        return Arrays.stream(AccessEvent.class.getPermittedSubclasses())
                .map(fact -> DynamicTest.dynamicTest(
                        fact.getSimpleName(),
                        () -> arrives(new RecordAccess(
                                new AccessId(UUID.randomUUID()), (AccessEvent) Specimen.whole(fact)))));
    }

    @Test
    void nothingThatIsNoneOfTheFewIsLoaded() throws Exception {
        var sent = JSON.writeValueAsString(Specimen.whole(RecordAccess.class));
        assertThat(sent).contains("{\"ServiceAccountCreated\":");
        for (var other : new String[] {"java.io.File", "IncidentOpened", "io.velvetastro.language.AccessEvent"})
            assertThatThrownBy(() -> JSON.readValue(sent.replace("ServiceAccountCreated", other), RecordAccess.class))
                    .isInstanceOf(InvalidTypeIdException.class);
    }

    private static void arrives(Object command) throws Exception {
        assertThat(JSON.readValue(JSON.writeValueAsString(command), command.getClass()))
                .isEqualTo(command);
    }
}
