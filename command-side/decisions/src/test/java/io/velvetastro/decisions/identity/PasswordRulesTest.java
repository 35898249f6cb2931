package io.velvetastro.decisions.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private final PasswordRules rules = new PasswordRules();
    private final Email grace = new Email("grace.hopper@eckert-mauchly.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "only lower case letters are fine",
                "🦉 wise owls keep secrets 🦉",
                "  spaces at both ends are kept  ",
                "kv8#Lq2z!Tn4"
            })
    void whatIsHardToGuessWillDoWhateverItIsMadeOf(String password) {
        assertThat(rules.objection(password, grace, "Grace Hopper", "Eckert-Mauchly"))
                .isEmpty();
    }

    @Test
    void elevenSignsAreTooFewAndTwelveAreNot() {
        assertThat(rules.objection("kv8#Lq2z!Tn", grace, "Grace Hopper", "Eckert-Mauchly"))
                .isPresent();
        assertThat(rules.objection("kv8#Lq2z!Tn4", grace, "Grace Hopper", "Eckert-Mauchly"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gracehopper1",
                "grace.hopper@eckert-mauchly.example",
                "eckertmauchly1946",
                "velvet-astro",
                "velvetvelvetvelvet",
                "passwordpassword",
                "Password1234!",
                "qwertyuiop123",
                "aaaaaaaaaaaaaaaa",
                "123456789012"
            })
    void whatKnowsThePersonOrIsCommonWillNot(String password) {
        assertThat(rules.objection(password, grace, "Grace Hopper", "Eckert-Mauchly"))
                .isPresent();
    }

    @Test
    void theLongestIsMeasuredQuicklyAndTaken() {
        assertThat(rules.objection("a sentence of some length, then more ".repeat(6), grace))
                .isEmpty();
    }

    @Test
    void noneOfTheThirtyThousandMostCommonWillDoNotEvenTwiceInARow() throws IOException {
        int tried = 0;
        try (var list = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Zxcvbn.class.getResourceAsStream("matchers/dictionaries/passwords.txt")),
                UTF_8))) {
            for (var common = list.readLine(); common != null; common = list.readLine()) {
                assertThat(rules.objection(common, grace)).as(common).isPresent();
                if (++tried <= 3000 && common.length() >= 6)
                    assertThat(rules.objection(common + common, grace))
                            .as(common)
                            .isPresent();
            }
        }
        assertThat(tried).isGreaterThan(3000);
    }
}
