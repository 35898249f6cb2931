package io.velvetastro.app;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers programs that ask for what is not there; without it they would get the page that browsers start from, and believe it. */
@Hidden
@RestController
public class NoSuchDoor {

    @RequestMapping("/api/**")
    @PreAuthorize("permitAll()")
    ResponseEntity<ProblemDetail> isNotHere(HttpServletRequest request) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND, "There is no such resource; /docs lists those there are.");
        problem.setInstance(URI.create(request.getRequestURI()));
        return ResponseEntity.of(problem).build();
    }
}
