package io.velvetastro.decisions.door;

import io.velvetastro.language.Refused;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** A command to something that never was is declined in the same words as one to somebody else's. */
public final class MissingIsNotFound implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain rest) throws Exception {
        try {
            return rest.proceed();
        } catch (AggregateNotFoundException missing) {
            throw Refused.notFound();
        }
    }
}
