package io.velvetastro.store.axon;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.json.JacksonSerializer;

/** How messages between processes are written. A list goes as an array, whose type says what lies in it: a list's own does not, and who reads it in another process has nothing else to tell by. */
final class MessageJson extends JacksonSerializer {
    MessageJson(ObjectMapper json) {
        super(JacksonSerializer.builder().objectMapper(json));
    }

    @Override
    public <T> SerializedObject<T> serialize(Object message, Class<T> as) {
        return super.serialize(message instanceof List<?> many ? asArray(many) : message, as);
    }

    private static Object asArray(List<?> many) {
        var kinds = many.stream().<Class<?>>map(Object::getClass).distinct().toList();
        if (kinds.size() != 1) return new ArrayList<>(many);
        return many.toArray((Object[]) Array.newInstance(kinds.getFirst(), 0));
    }
}
