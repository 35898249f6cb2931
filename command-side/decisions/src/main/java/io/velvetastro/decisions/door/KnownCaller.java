package io.velvetastro.decisions.door;

import static io.velvetastro.language.Refused.Why.FORBIDDEN;

import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Refused;
import io.velvetastro.questions.Proof;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Writes on every command who gave it and for whom, and lets none pass of which that is unknown. A person's name comes from the session and never from the sender: a screen cannot speak for
 * another organisation, another member or an engine. What cannot be taken back takes a fresh proof, at whichever door it is asked for.
 */
public final class KnownCaller implements MessageDispatchInterceptor<CommandMessage<?>> {
    private static final String PERSON = "member:";

    private final Proof proof;

    public KnownCaller(Proof proof) {
        this.proof = proof;
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (index, command) -> stamped(command);
    }

    private CommandMessage<?> stamped(CommandMessage<?> command) {
        var order = Order.in(command.getPayload())
                .orElseThrow(() -> new Refused(FORBIDDEN, "The door does not know this kind of command."));
        var person = SecurityContextHolder.getContext().getAuthentication();
        return person != null && person.getPrincipal() instanceof Caller caller
                ? givenBy(person, caller, order, command)
                : givenByAMachine(order, command);
    }

    private CommandMessage<?> givenBy(Authentication person, Caller caller, Order order, CommandMessage<?> command) {
        if (!caller.member().equals(order.ownAffairOf()) && !may(person, order.forPeople()))
            throw order.forPeople() != null && caller.losesByThePlan(order.forPeople())
                    ? Refused.readsOnly()
                    : new Refused(FORBIDDEN, "You may not do this.");
        if (!caller.tenant().equals(order.tenant()))
            throw new Refused(FORBIDDEN, "This belongs to another organisation.");
        if (order.forGood()) proof.needed();
        return command.andMetaData(Envelope.of(caller.tenant(), caller.actor(), order.at()));
    }

    private static boolean may(Authentication person, @Nullable Authority needed) {
        return needed != null
                && person.getAuthorities().stream().anyMatch(it -> needed.text().equals(it.getAuthority()));
    }

    private static CommandMessage<?> givenByAMachine(Order order, CommandMessage<?> command) {
        if (!order.tenant().toString().equals(command.getMetaData().get(Envelope.TENANT))) {
            throw new Refused(FORBIDDEN, "A command must name its organisation, and the right one.");
        }
        if (!(command.getMetaData().get(Envelope.ACTOR) instanceof String actor)
                || actor.isBlank()
                || actor.startsWith(PERSON)) {
            throw new Refused(FORBIDDEN, "A command must name the machine that gives it.");
        }
        return command.andMetaData(Envelope.of(order.tenant(), actor, order.at()));
    }
}
