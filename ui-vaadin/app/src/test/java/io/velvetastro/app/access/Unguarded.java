package io.velvetastro.app.access;

import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Refused;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Doors as they must not be: nobody asks who may, and they tell what exists from what does not. */
@TestComponent
@RestController
@RequestMapping("/api/v1/planted")
class Unguarded {
    record Named(IncidentId incidentId) {}

    @GetMapping({"/{id}", "/passkeys/{id}"})
    String tell(@PathVariable String id) {
        return Callers.exists(id) ? "somebody's" : "nobody's";
    }

    @PostMapping
    String tellOf(@RequestBody Named body) {
        return tell(body.incidentId().toString());
    }

    @GetMapping("/nobodys/incidents/{id}")
    String hide(@PathVariable String id) {
        throw Refused.notFound();
    }
}
