package io.velvetastro.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that finds nothing may be a rule that cannot find: each is shown what it forbids. */
class PlantedViolationsTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.velvetastro");

    static Stream<Arguments> rules() {
        return Arrays.stream(DependencyRulesTest.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(field -> {
                    try {
                        return argumentSet(field.getName(), field.getName(), field.get(null));
                    } catch (IllegalAccessException hidden) {
                        throw new AssertionError(hidden);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleFindsWhatWasPlantedAgainstIt(String name, ArchRule rule) {
        var planted = TESTS.that(describe("trip " + name, candidate -> trips(candidate, name)));
        assertThat(planted).as("nothing is planted against " + name).isNotEmpty();
        var found = rule.evaluate(planted).getFailureReport().toString();
        for (var each : planted) assertThat(found).contains(each.getName());
    }

    private static boolean trips(JavaClass candidate, String rule) {
        return candidate.isAnnotatedWith(Trips.class)
                && candidate.getAnnotationOfType(Trips.class).value().equals(rule);
    }
}
