package io.velvetastro.store.axon;

import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says beside a part that is one of a sealed few which of them it is: whoever reads it in another process has nothing else to tell them by, and can be told of no other. */
final class OneOfAFew extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable TypeResolverBuilder<?> findPropertyTypeResolver(
            MapperConfig<?> config, AnnotatedMember member, JavaType type) {
        if (!isOneOfAFew(type.getRawClass())) return null;
        return new StdTypeResolverBuilder().init(Id.NAME, null).inclusion(As.WRAPPER_OBJECT);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated part) {
        var type = part.getRawType();
        if (!isOneOfAFew(type)) return null;
        return Arrays.stream(type.getPermittedSubclasses())
                .map(one -> new NamedType(one, one.getSimpleName()))
                .toList();
    }

    private static boolean isOneOfAFew(Class<?> type) {
        return type.isInterface() && type.isSealed();
    }
}
