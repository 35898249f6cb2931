package io.velvetastro.store.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Fact;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.RevisionResolver;

/** Writes facts exactly as the event serializer would, without asking it for each. */
public final class FactWriter {
    private static final List<String> NEVER_WITHOUT = List.of(Envelope.TENANT, Envelope.ACTOR, Envelope.OCCURRED_AT);

    private final ObjectMapper json;
    private final RevisionResolver revisions = new AnnotationRevisionResolver();
    private final ClassValue<Type> types = new ClassValue<>() {
        @Override
        protected Type computeValue(Class<?> type) {
            var revision = revisions.revisionOf(type);
            if (revision == null)
                throw new IllegalArgumentException(type.getName() + " carries no revision and cannot be kept for ever");
            return new Type(type.getName(), revision);
        }
    };

    private record Type(String name, String revision) {}

    public FactWriter(ObjectMapper json) {
        this.json = json;
    }

    WrittenFact write(Fact fact) {
        for (var key : NEVER_WITHOUT) {
            if (fact.envelope().get(key) == null) throw new IllegalArgumentException("No event without its " + key);
        }
        var type = types.get(fact.payload().getClass());
        try {
            var tenant = UUID.fromString(fact.envelope().get(Envelope.TENANT));
            return new WrittenFact(
                    tenant,
                    fact,
                    type.name(),
                    type.revision(),
                    json.writeValueAsBytes(fact.payload()),
                    json.writeValueAsBytes(fact.envelope()));
        } catch (JsonProcessingException e) {
            e.clearLocation(); // Its excerpt could hold a person's data.
            throw new IllegalArgumentException("Cannot write a " + type.name(), e);
        }
    }
}
