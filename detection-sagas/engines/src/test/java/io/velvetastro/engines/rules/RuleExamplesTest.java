package io.velvetastro.engines.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.engines.login.Scenario;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RuleExamplesTest {
    private static final RuleBook BOOK = RuleBook.builtIn();

    @TestFactory
    Stream<DynamicTest> everyRuleKeepsTheTestsItCarries() {
        return BOOK.rules().stream()
                .flatMap(rule -> rule.tests().stream()
                        .map(example -> DynamicTest.dynamicTest(
                                rule.id() + ": " + example.name(), () -> holds(rule, example))));
    }

    private static void holds(Rule rule, Rule.Example example) {
        var names = Scenario.names(example.events());
        // The whole book is in force: a rule must not depend on being alone.
        var found = Scenario.last(Scenario.tell(BOOK, example.events()));
        assertThat(found.stream()
                        .filter(each -> each.rule().equals(rule.id()))
                        .map(each -> Scenario.inWords(each, names)))
                .containsExactlyElementsOf(example.finds());
    }

    @Test
    void aRuleWithAWordItDoesNotKnowIsAnErrorAndNotSilence() {
        assertThatThrownBy(() -> read("pattern: {window: PT10M, failures: 5, moonphase: full}\n"))
                .hasMessageContaining("moonphase");
    }

    @Test
    void aRuleIsAboutOneThing() {
        assertThatThrownBy(
                        () -> read("id: x\nversion: 1\ndenial: {gotIn: true}\npattern: {window: PT10M, failures: 5}\n"))
                .hasMessageContaining("not about one of pattern, travel and denial");
        assertThatThrownBy(() -> read("id: x\nversion: 1\n"))
                .hasMessageContaining("not about one of pattern, travel and denial");
    }

    @Test
    void aRuleWithoutATestIsRefused() {
        assertThatThrownBy(() -> read("""
                        id: x
                        version: 1
                        title: t
                        stage: DELIVERY
                        techniques: []
                        pattern: {window: PT10M, failures: 5}
                        levels: [{failures: 5, severity: LOW, score: 0.1}]
                        explanation: e
                        tests: []
                        """)).hasMessageContaining("has no test");
    }

    @Test
    void aRuleThatWouldFireOnOneWrongPasswordIsRefused() {
        assertThatThrownBy(() -> read("id: x\nversion: 1\npattern: {window: PT10M, failures: 1}\n"))
                .hasMessageContaining("a wrong password alone is never a risk");
    }

    @Test
    void everyRuleNamesItsTechniqueAndItsStage() {
        assertThat(BOOK.rules()).allSatisfy(rule -> {
            assertThat(rule.stage()).isNotNull();
            assertThat(rule.techniques())
                    .isNotEmpty()
                    .allMatch(technique -> technique.id().matches("T\\d{4}(\\.\\d{3})?"));
        });
        assertThat(BOOK.rules().stream().map(Rule::id))
                .isEqualTo(List.copyOf(
                        BOOK.rules().stream().map(Rule::id).distinct().toList()));
    }

    private static Rule read(String yaml) throws Exception {
        return RuleBook.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
