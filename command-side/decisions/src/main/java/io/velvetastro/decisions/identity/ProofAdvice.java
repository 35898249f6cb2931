package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.web.Problems;
import io.velvetastro.questions.OwnAccount.ProofDue;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says how to go on where a fresh proof is due (RFC 9470). */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProofAdvice {

    @ExceptionHandler(ProofDue.class)
    ErrorResponseException due(ProofDue due) {
        var refusal = Problems.refusal(
                HttpStatus.UNAUTHORIZED,
                "step-up-required",
                "Prove that it is you",
                "Send your password, or a code where you have a second step, to /api/v1/auth/step-up, then ask again.");
        refusal.getHeaders()
                .set(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"insufficient_user_authentication\", max_age=\""
                                + due.lasts().toSeconds() + "\"");
        return refusal;
    }
}
