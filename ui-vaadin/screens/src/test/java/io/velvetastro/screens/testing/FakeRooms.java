package io.velvetastro.screens.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.DefaultSubscriptionQueryResult;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryBackpressure;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.reactivestreams.Publisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Answers what it was taught, remembers what it was asked and ordered, and tells screens of changes. */
public final class FakeRooms {
    public final List<Object> asked = new CopyOnWriteArrayList<>();
    /** In whose name each question and each wish to hear of changes came. */
    public final List<Optional<Authentication>> askers = new CopyOnWriteArrayList<>();

    public final List<Object> ordered = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Function<Object, Object>> answers = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Function<Object, RuntimeException> refusal = order -> null;

    private record Listener(Class<?> notes, Sinks.Many<Object> sink) {}

    /** Teaches an answer; what it throws, the asker gets, and for a future the asker waits. */
    public <Q> FakeRooms answer(Class<Q> question, Function<Q, Object> answer) {
        answers.put(question, asked -> answer.apply(question.cast(asked)));
        return this;
    }

    public void refuse(RuntimeException with) {
        refusal = order -> with;
    }

    public void tell(Object note) {
        for (var listener : listeners) if (listener.notes.isInstance(note)) listener.sink.tryEmitNext(note);
    }

    public int listening() {
        return listeners.size();
    }

    public <Q> List<Q> asked(Class<Q> question) {
        return asked.stream().filter(question::isInstance).map(question::cast).toList();
    }

    public <C> C onlyOrder(Class<C> command) {
        var found =
                ordered.stream().filter(command::isInstance).map(command::cast).toList();
        if (found.size() != 1)
            throw new AssertionError("expected one " + command.getSimpleName() + " but got " + ordered);
        return found.getFirst();
    }

    private void remembersWho() {
        askers.add(Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication()));
    }

    private Object answered(Object question) {
        asked.add(question);
        remembersWho();
        var answer = answers.get(question.getClass());
        if (answer == null)
            throw new IllegalStateException(
                    "nobody answers " + question.getClass().getSimpleName());
        return answer.apply(question);
    }

    public QueryGateway queries() {
        return new QueryGateway() {
            @Override
            @SuppressWarnings("unchecked")
            public <R, Q> CompletableFuture<R> query(String name, Q query, ResponseType<R> type) {
                try {
                    var answer = answered(query);
                    return answer instanceof CompletableFuture<?> held
                            ? (CompletableFuture<R>) held
                            : CompletableFuture.completedFuture((R) answer);
                } catch (RuntimeException failed) {
                    return CompletableFuture.failedFuture(failed);
                }
            }

            @Override
            @SuppressWarnings("unchecked")
            public <Q, I, U> SubscriptionQueryResult<I, U> subscriptionQuery(
                    String name, Q query, ResponseType<I> initial, ResponseType<U> updates, int buffer) {
                remembersWho();
                var sink = Sinks.many().multicast().<Object>onBackpressureBuffer(256, false);
                var listener = new Listener(updates.getExpectedResponseType(), sink);
                listeners.add(listener);
                return new DefaultSubscriptionQueryResult<>(
                        Mono.empty(), sink.asFlux().map(note -> (U) note), () -> listeners.remove(listener));
            }

            @Override
            public <Q, I, U> SubscriptionQueryResult<I, U> subscriptionQuery(
                    String name,
                    Q query,
                    ResponseType<I> initial,
                    ResponseType<U> updates,
                    SubscriptionQueryBackpressure pressure,
                    int buffer) {
                return subscriptionQuery(name, query, initial, updates, buffer);
            }

            @Override
            public <R, Q> Publisher<R> streamingQuery(String name, Q query, Class<R> type) {
                throw new UnsupportedOperationException("no screen streams");
            }

            @Override
            public <R, Q> Stream<R> scatterGather(
                    String name, Q query, ResponseType<R> type, long timeout, TimeUnit unit) {
                throw new UnsupportedOperationException("no screen scatters");
            }

            @Override
            public Registration registerDispatchInterceptor(
                    MessageDispatchInterceptor<? super org.axonframework.queryhandling.QueryMessage<?, ?>>
                            interceptor) {
                throw new UnsupportedOperationException("no screen intercepts");
            }
        };
    }

    public CommandGateway commands() {
        return new CommandGateway() {
            @Override
            @SuppressWarnings("unchecked")
            public <R> CompletableFuture<R> send(Object command) {
                var order = command instanceof CommandMessage<?> message ? message.getPayload() : command;
                var no = refusal.apply(order);
                if (no != null) return CompletableFuture.failedFuture(no);
                ordered.add(order);
                var answer = answers.get(order.getClass());
                return CompletableFuture.completedFuture(answer == null ? null : (R) answer.apply(order));
            }

            @Override
            public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
                throw new UnsupportedOperationException("screens wait for futures");
            }

            @Override
            public <R> R sendAndWait(Object command) {
                throw new UnsupportedOperationException("screens never block on an order");
            }

            @Override
            public <R> R sendAndWait(Object command, long timeout, TimeUnit unit) {
                throw new UnsupportedOperationException("screens never block on an order");
            }

            @Override
            public Registration registerDispatchInterceptor(
                    MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
                throw new UnsupportedOperationException("no screen intercepts");
            }
        };
    }
}
