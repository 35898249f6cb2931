package io.velvetastro.views.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.views.web.Plain;
import io.velvetastro.views.web.ViewProblems;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets whoever runs the platform rebuild a view while it serves. */
@RestController
@RequestMapping("/api/v1/platform/views")
@Tag(name = "Platform", description = "Views are story, traffic, history and custody; states running, done, failed.")
class RebuildController {
    private static final String MAY = "hasAuthority('" + Authority.Text.PLATFORM_ADMIN + "')";
    private final Rebuilds rebuilds;

    RebuildController(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @PostMapping("/rebuild")
    @PreAuthorize(MAY)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins to rebuild every view, all from one reading of the store")
    List<Progress> beginAll() {
        return begin(rebuilds.names());
    }

    @PostMapping("/{name}/rebuild")
    @PreAuthorize(MAY)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins to rebuild a view from the first event")
    Progress begin(@PathVariable String name) {
        known(name);
        return begin(List.of(name)).getFirst();
    }

    @GetMapping("/{name}/rebuild")
    @PreAuthorize(MAY)
    @Operation(summary = "How the latest rebuild of a view is getting on")
    Progress progress(@PathVariable String name) {
        known(name);
        return Progress.of(rebuilds.latest(name)
                .orElseThrow(() -> ViewProblems.notFound("This view was not rebuilt since the start.")));
    }

    private List<Progress> begin(Collection<String> names) {
        var begun = rebuilds.start(names);
        if (begun.isEmpty())
            throw ViewProblems.conflict(names.size() == 1 ? "This view is being rebuilt." : "A view is being rebuilt.");
        return begun.stream().map(Progress::of).toList();
    }

    private void known(String name) {
        if (!rebuilds.names().contains(name)) throw ViewProblems.notFound("There is no such view.");
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Progress(
            String view,
            String state,
            Instant startedAt,
            long events,
            @Nullable Long millis,
            @Nullable String failure) {
        static Progress of(Rebuilds.Run run) {
            return new Progress(
                    run.view(), Plain.word(run.state()), run.startedAt(), run.events(), run.millis(), run.failure());
        }
    }
}
