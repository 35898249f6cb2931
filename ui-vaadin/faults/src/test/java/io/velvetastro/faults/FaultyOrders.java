package io.velvetastro.faults;

import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.PlaybookCommand;
import io.velvetastro.language.RuleId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;

/** Gives every order a second time, names rules anew, or dies when a playbook's order has been carried out and nobody knows yet. */
final class FaultyOrders implements CommandBus {
    private final CommandBus orders;
    private final boolean twice;
    private final boolean renames;
    private final int diesAfter;
    private final AtomicInteger ofPlaybooks = new AtomicInteger();

    FaultyOrders(CommandBus orders, boolean twice, boolean renames, int diesAfter) {
        this.orders = orders;
        this.twice = twice;
        this.renames = renames;
        this.diesAfter = diesAfter;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        dispatch(command, (message, result) -> {});
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        orders.<C, R>dispatch(named(command), (message, result) -> {
            if (!result.isExceptional() && isOfPlaybook(command) && ofPlaybooks.incrementAndGet() == diesAfter)
                Runtime.getRuntime().halt(137);
            callback.onResult(message, result);
        });
        if (twice) orders.dispatch(named(command), (message, result) -> {});
    }

    private static boolean isOfPlaybook(CommandMessage<?> command) {
        return command.getPayload() instanceof PlaybookCommand || command.getPayload() instanceof BlockNetwork;
    }

    @SuppressWarnings("unchecked") // A block stays a block.
    private <C> CommandMessage<C> named(CommandMessage<C> command) {
        if (!renames || !(command.getPayload() instanceof BlockNetwork block)) return command;
        var anew = new BlockNetwork(
                new RuleId(UUID.randomUUID()),
                block.tenant(),
                block.network(),
                block.ttl(),
                block.reason(),
                block.incident(),
                block.at());
        return (CommandMessage<C>) new GenericCommandMessage<>(anew, command.getMetaData());
    }

    @Override
    public Registration subscribe(String name, MessageHandler<? super CommandMessage<?>> handler) {
        return orders.subscribe(name, handler);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return orders.registerDispatchInterceptor(interceptor);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return orders.registerHandlerInterceptor(interceptor);
    }
}
