package io.velvetastro.app.access;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A door as it must not be: nobody asks who may, and it tells what exists from what does not. */
@TestComponent
@RestController
@RequestMapping("/api/v1/planted")
class Unguarded {
    @GetMapping("/{id}")
    String tell(@PathVariable String id) {
        return Callers.exists(id) ? "somebody's" : "nobody's";
    }
}
