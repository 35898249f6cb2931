package io.velvetastro.notary;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** More than is looked at, packed or promised at once; whoever asked is told how much that is. */
final class TooMuch extends RuntimeException {
    TooMuch(String line) {
        super(line);
    }

    ResponseEntity<ProblemDetail> answer() {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, getMessage());
        problem.setType(URI.create("https://velvetastro.io/problems/too-much"));
        problem.setTitle("Understood and declined");
        return ResponseEntity.of(problem).build();
    }
}
