package io.velvetastro.views.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.questions.Monitor;
import io.velvetastro.questions.Monitor.Health;
import io.velvetastro.questions.Monitor.Traffic;
import io.velvetastro.questions.Monitor.TrafficPoint;
import io.velvetastro.views.web.Asked;
import io.velvetastro.views.web.Page;
import io.velvetastro.views.web.Plain;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the house is and how much comes in. */
@RestController
@RequestMapping("/api/v1/monitor")
@Tag(name = "Monitor", description = "States are up, degraded, down.")
class MonitorController {
    private static final String MAY_READ = "hasAuthority('" + Authority.Text.MONITOR_READ + "')";
    private static final Duration USUAL_SPAN = Duration.ofHours(24);
    private final HealthQueries health;
    private final TrafficQueries traffic;
    private final Clock clock;

    MonitorController(HealthQueries health, TrafficQueries traffic, Clock clock) {
        this.health = health;
        this.traffic = traffic;
        this.clock = clock;
    }

    @GetMapping("/health")
    @PreAuthorize(MAY_READ)
    @Operation(summary = "What each part of the house says of itself; the worst state is the whole's")
    Report health(@AuthenticationPrincipal Caller caller) {
        var report = health.answer(new Health(caller.tenant()));
        return new Report(
                Plain.word(report.state()),
                report.components().stream().map(Part::of).toList());
    }

    @GetMapping("/traffic")
    @PreAuthorize(MAY_READ)
    @Operation(
            summary =
                    "Events by the minute they occurred in, the last 24 hours unless told; bucketSeconds is a multiple of 60")
    Page<TrafficPoint> traffic(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "60") int bucketSeconds) {
        var end = Asked.time("to", to);
        if (end == null) end = clock.instant();
        var start = Asked.time("from", from);
        if (start == null) start = end.minus(USUAL_SPAN);
        return Page.all(traffic.answer(new Traffic(caller.tenant(), start, end, bucketSeconds))
                .points());
    }

    record Report(String state, List<Part> components) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(String name, String state, String says, Map<String, String> figures) {
        static Part of(Monitor.Component component) {
            return new Part(component.name(), Plain.word(component.state()), component.says(), component.figures());
        }
    }
}
