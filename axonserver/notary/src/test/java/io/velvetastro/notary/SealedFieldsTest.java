package io.velvetastro.notary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Sealed;
import io.velvetastro.ledger.Expiry;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What a verifier calls expired was sealed: every field of ours that is, and nothing that somebody wrote to look like it. */
class SealedFieldsTest {
    private static final String LOOKS_SEALED = "202603-0123456789ab." + "A".repeat(60);

    @Test
    void everySealedFieldOfAnEventIsKnownForOne() throws Exception {
        var fields = Stream.of(new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:io/velvetastro/language/*.class"))
                .map(file -> file.getFilename().replace(".class", ""))
                .filter(name -> !name.contains("Command"))
                .map(SealedFieldsTest::load)
                .filter(Class::isRecord)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(field -> field.getType() == Sealed.class)
                .toList();
        assertThat(fields).extracting(RecordComponent::getName).contains("personal", "sealedName", "text", "reason");
        for (var field : fields)
            assertThat(isSealed(field.getDeclaringRecord().getName(), field.getName()))
                    .as(field.getDeclaringRecord() + " " + field.getName())
                    .isTrue();
    }

    @Test
    void whatASenderWroteIsNotSealedHoweverItLooks() {
        for (var field : List.of("host", "service", "reason", "name", "title"))
            assertThat(isSealed("io.velvetastro.language.LoginFailed", field))
                    .as(field)
                    .isFalse();
        assertThat(isSealed("io.velvetastro.language.DefenseEvent$NetworkBlocked", "reason"))
                .isFalse();
        var within = "{\"host\":\"\\\"personal\\\":\\\"" + LOOKS_SEALED + "\\\"\"}";
        assertThat(Expiry.isSealed("io.velvetastro.language.LoginFailed", within.getBytes(UTF_8)))
                .isFalse();
    }

    private static boolean isSealed(String type, String field) {
        return Expiry.isSealed(type, ("{\"" + field + "\":\"" + LOOKS_SEALED + "\"}").getBytes(UTF_8));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.velvetastro.language." + name);
        } catch (ClassNotFoundException odd) {
            throw new AssertionError(odd);
        }
    }
}
