package io.velvetastro.store.axon;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.VisibilityChecker;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.spring.stereotype.Saga;

/** Keeps the state of sagas and aggregates by their fields, so that they need no accessors for the serializer's sake. */
final class StateByFields extends JacksonAnnotationIntrospector {
    @Override
    public VisibilityChecker<?> findAutoDetectVisibility(AnnotatedClass type, VisibilityChecker<?> checker) {
        var base = super.findAutoDetectVisibility(type, checker);
        if (!hasState(type.getRawType())) return base;
        return base.withFieldVisibility(Visibility.ANY)
                .withGetterVisibility(Visibility.NONE)
                .withIsGetterVisibility(Visibility.NONE)
                .withSetterVisibility(Visibility.NONE)
                .withCreatorVisibility(Visibility.ANY);
    }

    private static boolean hasState(Class<?> type) {
        return AnnotationUtils.isAnnotationPresent(type, AggregateRoot.class)
                || AnnotationUtils.isAnnotationPresent(type, Saga.class);
    }
}
