package io.velvetastro.store.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.AccessEvent.MemberDisabled;
import io.velvetastro.language.AccessEvent.MemberEnabled;
import io.velvetastro.language.AccessEvent.SecondFactorReset;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.PrivacyEvent.MonthEnded;
import io.velvetastro.store.axon.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Events are for ever, and so are their names and their JSON. A file in {@code events} that no longer fits means: give the event a new revision and an upcaster, and keep the old file. {@code -Dvelvet.pin=true} writes the files of new events.
 */
class EventShapesTest {
    private static final Path PINNED = Path.of("src/test/resources/events");
    private static final ObjectMapper JSON = EventJson.mapper();

    @TestFactory
    Stream<DynamicTest> everyEventIsWrittenAndReadAsItWasPinned() {
        return events().map(event -> DynamicTest.dynamicTest(event.getSimpleName(), () -> {
            isPinned(event, "whole", Specimen.whole(event));
            isPinned(event, "sparse", Specimen.sparse(event));
        }));
    }

    /** What only adds a part that may be absent needs no upcaster: the old form is read, and written as it was. */
    @TestFactory
    Stream<DynamicTest> findingsOfEarlierRevisionsAreStillRead() {
        return Stream.of("1.whole", "1.sparse", "2.whole", "2.sparse")
                .map(which -> DynamicTest.dynamicTest(which, () -> {
                    var pinned = Files.readString(PINNED.resolve(FindingRaised.class.getName() + "." + which + ".json"))
                            .strip();
                    var read = JSON.readValue(pinned, FindingRaised.class);
                    if (which.startsWith("1")) assertThat(read.fresh()).isEmpty();
                    assertThat(read.ruleHash()).isNull();
                    assertThat(JSON.writeValueAsString(read)).isEqualTo(pinned);
                }));
    }

    @TestFactory
    Stream<DynamicTest> monthsThatEndedBeforeEndsHadACauseAreStillRead() {
        return Stream.of("whole", "sparse")
                .map(how -> DynamicTest.dynamicTest(how, () -> {
                    var file = MonthEnded.class.getName().replace('$', '.') + ".1." + how + ".json";
                    var pinned = Files.readString(PINNED.resolve(file)).strip();
                    var read = JSON.readValue(pinned, MonthEnded.class);
                    assertThat(read.because()).isNull();
                    assertThat(JSON.writeValueAsString(read)).isEqualTo(pinned);
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatWasDecidedAboutMembersBeforeAnybodyElseCouldIsStillRead() {
        return Stream.of(MemberDisabled.class, MemberEnabled.class, SecondFactorReset.class)
                .map(event -> DynamicTest.dynamicTest(event.getSimpleName(), () -> {
                    var file = event.getName().replace('$', '.') + ".1.whole.json";
                    var pinned = Files.readString(PINNED.resolve(file)).strip();
                    assertThat(JSON.writeValueAsString(JSON.readValue(pinned, event)))
                            .isEqualTo(pinned);
                }));
    }

    @Test
    void noWordOfAClosedListIsEverTakenAway() throws IOException {
        var file = PINNED.resolve("words.json");
        var words = words();
        if (Boolean.getBoolean("velvet.pin") && Files.notExists(file))
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(words));
        JSON.readTree(file.toFile()).properties().forEach(list -> {
            assertThat(words).containsKey(list.getKey());
            list.getValue().forEach(word -> assertThat(words.get(list.getKey())).contains(word.asText()));
        });
    }

    private static void isPinned(Class<?> event, String how, Object specimen) throws IOException {
        var revision = event.getAnnotation(Revision.class).value();
        var file = PINNED.resolve(event.getName().replace('$', '.') + "." + revision + "." + how + ".json");
        var written = JSON.writeValueAsString(specimen);
        if (Boolean.getBoolean("velvet.pin") && Files.notExists(file)) Files.writeString(file, written + "\n");
        assertThat(file)
                .as("the pinned shape of a new event, which is %s", written)
                .exists();
        var pinned = Files.readString(file).strip();
        assertThat(written).isEqualTo(pinned);
        assertThat(JSON.readValue(pinned, event)).isEqualTo(specimen);
    }

    private static Stream<Class<?>> events() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(
                    org.springframework.beans.factory.annotation.AnnotatedBeanDefinition bean) {
                return true; // Records within an interface too.
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(Revision.class));
        return scanner.findCandidateComponents("io.velvetastro.language").stream()
                .<Class<?>>map(bean -> load(bean.getBeanClassName()))
                .sorted(Comparator.comparing(Class::getName));
    }

    private static TreeMap<String, List<String>> words() {
        var words = new TreeMap<String, List<String>>();
        var seen = new TreeSet<Class<?>>(Comparator.comparing(Class::getName));
        events().forEach(event -> collect(event, words, seen));
        return words;
    }

    private static void collect(Class<?> type, TreeMap<String, List<String>> words, TreeSet<Class<?>> seen) {
        if (!seen.add(type)) return;
        if (type.isEnum())
            words.put(
                    type.getName(),
                    Arrays.stream(type.getEnumConstants())
                            .map(word -> ((Enum<?>) word).name())
                            .toList());
        if (!type.isRecord()) return;
        for (var component : type.getRecordComponents()) {
            collect(component.getType(), words, seen);
            if (component.getGenericType() instanceof java.lang.reflect.ParameterizedType many)
                for (var one : many.getActualTypeArguments())
                    if (one instanceof Class<?> known) collect(known, words, seen);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
