package io.velvetastro.views;

import io.velvetastro.language.TenantId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.queryhandling.QueryMessage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Leads every question of this room through the wall. A question that does not say whose it is has no answer: the house does not start with it. */
@Component
class QuestionsOfOne implements HandlerEnhancerDefinition {
    private static final String ROOM = QuestionsOfOne.class.getPackageName();
    private final ObjectProvider<Readers> readers;

    /** Asked for late: Axon makes its enhancers before there is a database. */
    QuestionsOfOne(ObjectProvider<Readers> readers) {
        this.readers = readers;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        boolean ours = (original.declaringClass().getPackageName() + ".").startsWith(ROOM + ".");
        return ours && original.canHandleMessageType(QueryMessage.class)
                ? new OfOne<>(original, tenant(original.payloadType()), readers)
                : original;
    }

    private static Method tenant(Class<?> question) {
        try {
            return question.getMethod("tenant");
        } catch (NoSuchMethodException nobodys) {
            throw new IllegalStateException("Nobody can tell whose question this is: " + question.getName(), nobodys);
        }
    }

    private static final class OfOne<T> extends WrappedMessageHandlingMember<T> {
        private final Method tenant;
        private final ObjectProvider<Readers> readers;

        OfOne(MessageHandlingMember<T> original, Method tenant, ObjectProvider<Readers> readers) {
            super(original);
            this.tenant = tenant;
            this.readers = readers;
        }

        @Override
        public Object handle(Message<?> message, T target) throws Exception {
            return readers.getObject().ask(asking(message), () -> super.handle(message, target));
        }

        private TenantId asking(Message<?> message) throws IllegalAccessException, InvocationTargetException {
            return (TenantId) tenant.invoke(message.getPayload());
        }
    }
}
