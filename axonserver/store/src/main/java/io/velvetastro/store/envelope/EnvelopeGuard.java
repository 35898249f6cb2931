package io.velvetastro.store.envelope;

import static io.velvetastro.language.Refused.Why.FORBIDDEN;

import io.velvetastro.language.Caller;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Refused;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;
import org.springframework.security.core.context.SecurityContextHolder;

/** Stands at both ends of every bus, and stops what does not say whose it is or says something else than its payload. */
final class EnvelopeGuard {
    private static final List<String> OF_EVENTS = List.of(Envelope.TENANT, Envelope.ACTOR, Envelope.OCCURRED_AT);

    private EnvelopeGuard() {}

    /** A question names its tenant itself, and its envelope is filled from that; whoever is signed in asks for their own organisation alone. */
    static MessageDispatchInterceptor<QueryMessage<?, ?>> ofQueries() {
        return new MessageDispatchInterceptor<>() {
            @Override
            public BiFunction<Integer, QueryMessage<?, ?>, QueryMessage<?, ?>> handle(
                    List<? extends QueryMessage<?, ?>> queries) {
                return (index, query) -> {
                    var tenant = Tenanted.in(query.getPayload());
                    var named = tenant == null || query.getMetaData().containsKey(Envelope.TENANT)
                            ? query
                            : query.andMetaData(Map.of(Envelope.TENANT, tenant.toString()));
                    hasTenant(named);
                    isTheAskers(named);
                    return named;
                };
            }
        };
    }

    static MessageDispatchInterceptor<EventMessage<?>> ofEvents() {
        return new MessageDispatchInterceptor<>() {
            @Override
            public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(
                    List<? extends EventMessage<?>> events) {
                return (index, event) -> {
                    hasTenant(event);
                    for (var key : OF_EVENTS) has(event, key);
                    return event;
                };
            }
        };
    }

    static MessageHandlerInterceptor<CommandMessage<?>> ofArrivingCommands() {
        return new Arriving<>(List.of(Envelope.ACTOR));
    }

    static MessageHandlerInterceptor<QueryMessage<?, ?>> ofArrivingQueries() {
        return new Arriving<>(List.of());
    }

    private record Arriving<M extends Message<?>>(List<String> more) implements MessageHandlerInterceptor<M> {
        @Override
        public Object handle(UnitOfWork<? extends M> unit, InterceptorChain chain) throws Exception {
            hasTenant(unit.getMessage());
            for (var key : more) has(unit.getMessage(), key);
            return chain.proceed();
        }
    }

    private static void hasTenant(Message<?> message) {
        var named = has(message, Envelope.TENANT);
        var own = Tenanted.in(message.getPayload());
        if (own != null && !own.toString().equals(named))
            throw new MissingEnvelope(type(message) + " is sent for another tenant than its own");
    }

    /** What a question says of itself proves nothing about who asks it. */
    private static void isTheAskers(Message<?> question) {
        var asker = SecurityContextHolder.getContext().getAuthentication();
        if (asker != null
                && asker.getPrincipal() instanceof Caller caller
                && !caller.tenant().toString().equals(question.getMetaData().get(Envelope.TENANT)))
            throw new Refused(FORBIDDEN, "This belongs to another organisation.");
    }

    private static Object has(Message<?> message, String key) {
        var value = message.getMetaData().get(key);
        if (value == null || value.toString().isBlank()) throw new MissingEnvelope(type(message) + " has no " + key);
        return value;
    }

    private static String type(Message<?> message) {
        return message.getPayloadType().getSimpleName();
    }
}
