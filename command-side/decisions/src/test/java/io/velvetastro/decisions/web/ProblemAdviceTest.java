package io.velvetastro.decisions.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.Refused;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

class ProblemAdviceTest {
    private static final Map<String, Integer> STATUS =
            Map.of("NOT_FOUND", 404, "FORBIDDEN", 403, "NEVER_BLOCK_LIST", 422, "ALREADY_RESOLVED", 409);

    private final Troubled troubled = new Troubled();
    private final MockMvc web = MockMvcBuilders.standaloneSetup(troubled)
            .setControllerAdvice(new ProblemAdvice())
            .build();

    @Test
    void aRefusalSaysWhyByItsCode() throws Exception {
        for (var why : STATUS.keySet()) {
            for (var thrown : new RuntimeException[] {refused(why), new CompletionException(refused(why))}) {
                troubled.trouble = thrown;
                web.perform(get("/trouble"))
                        .andExpect(status().is(STATUS.get(why)))
                        .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                        .andExpect(jsonPath("$.type")
                                .value("https://velvetastro.io/problems/"
                                        + why.toLowerCase(Locale.ROOT).replace('_', '-')));
            }
        }
    }

    @Test
    void tooMuchIsToldWhenToComeBack() throws Exception {
        troubled.trouble = new Overloaded("Readers lag behind.", Duration.ofSeconds(3));

        web.perform(get("/trouble"))
                .andExpect(status().isTooManyRequests())
                .andExpect(header().string("Retry-After", "3"));
    }

    @Test
    void aStoreThatDoesNotAnswerIsUnavailable() throws Exception {
        troubled.trouble = new DataAccessResourceFailureException("jdbc:postgresql://secret");

        var answer = web.perform(get("/trouble"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().exists("Retry-After"));

        assertThat(answer.andReturn().getResponse().getContentAsString()).doesNotContain("secret");
    }

    @Test
    void aFaultGivesAReferenceAndNothingOfOurInsides() throws Exception {
        troubled.trouble = new IllegalStateException("secret");

        var answer = web.perform(get("/trouble"))
                .andExpect(status().isInternalServerError())
                .andExpect(jsonPath("$.reference").exists());

        assertThat(answer.andReturn().getResponse().getContentAsString())
                .doesNotContain("secret")
                .doesNotContain("IllegalState");
    }

    @Test
    void whoMayNotIsLeftToSecurity() {
        troubled.trouble = new AccessDeniedException("no");

        assertThatThrownBy(() -> web.perform(get("/trouble"))).hasRootCauseInstanceOf(AccessDeniedException.class);
    }

    @Test
    void fieldsAreNamed() throws Exception {
        web.perform(get("/number?n=x"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("n"));
        web.perform(get("/number"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("n"));
        web.perform(body("{\"name\":\" \",\"size\":1}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("name"));
        web.perform(body("{\"name\":\"a\",\"size\":\"large\"}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("size"));
        web.perform(body("{\"name\""))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("https://velvetastro.io/problems/malformed"));
    }

    private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder body(String json) {
        return post("/body").contentType(MediaType.APPLICATION_JSON).content(json);
    }

    private static Refused refused(String why) {
        return new Refused(Refused.Why.valueOf(why), "because");
    }

    @org.springframework.web.bind.annotation.RestController
    static class Troubled {
        RuntimeException trouble = new IllegalStateException();

        @GetMapping("/trouble")
        String trouble() {
            throw trouble;
        }

        @GetMapping("/number")
        String number(@RequestParam int n) {
            return "";
        }

        @PostMapping("/body")
        String body(@Valid @RequestBody Sized body) {
            return "";
        }
    }

    record Sized(@NotBlank String name, int size) {}
}
