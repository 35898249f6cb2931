package io.velvetastro.store.axon;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/** How events, commands and state are written: as JSON, with no names of classes within, so that nothing in a payload can choose what is loaded. */
public final class EventJson {
    private EventJson() {}

    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module(), new ParameterNamesModule())
                .annotationIntrospector(AnnotationIntrospector.pair(new StateByFields(), new OneOfAFew()))
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(
                        DeserializationFeature
                                .FAIL_ON_UNKNOWN_PROPERTIES) // The older of two running versions reads events of the
                // newer.
                .build();
    }
}
