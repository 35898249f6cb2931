package io.velvetastro.views;

import io.velvetastro.language.DefenseEvent;
import io.velvetastro.language.Disposition;
import io.velvetastro.language.Engine;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentEvent;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Network;
import io.velvetastro.language.Place;
import io.velvetastro.language.PlaybookEvent;
import io.velvetastro.language.RuleId;
import io.velvetastro.language.RunId;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import io.velvetastro.language.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;

/** Writes histories: each call adds one event to the store that this stands for, in the order of the calls. */
public final class Stories {
    public static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private final List<EventMessage<?>> events = new ArrayList<>();
    private long position;

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public static TenantId tenant(String name) {
        return new TenantId(id("tenant " + name));
    }

    public static SeriesId series(String name) {
        return new SeriesId(id("series " + name));
    }

    public static IncidentId incident(String name) {
        return new IncidentId(id("incident " + name));
    }

    public static RuleId rule(String name) {
        return new RuleId(id("rule " + name));
    }

    public static MemberId member(String name) {
        return new MemberId(id("member " + name));
    }

    public List<EventMessage<?>> events() {
        return events;
    }

    /** Forgets what was written so far, as one who has read up to here. */
    public List<EventMessage<?>> taken() {
        var taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    public Stories tell(TenantId tenant, String actor, Instant recordedAt, Object payload) {
        long next = ++position;
        var envelope = Map.of(
                Envelope.TENANT, tenant.toString(), Envelope.ACTOR, actor, Envelope.OCCURRED_AT, recordedAt.toString());
        var event = new GenericEventMessage<>(
                new org.axonframework.messaging.GenericMessage<>(
                        id("event " + next).toString(), payload, envelope),
                () -> recordedAt);
        events.add(new GenericTrackedEventMessage<>(new GlobalSequenceTrackingToken(next), event));
        return this;
    }

    /** A finding to be told; each change makes another one. */
    public static final class Finding implements Cloneable {
        private final TenantId tenant;
        private final String series;
        private String name;
        private Severity severity = Severity.HIGH;
        private Stage stage = Stage.EXPLOITATION;
        private Engine engine = Engine.HEURISTICS;
        private String title = "Brute force";
        private Instant firstAt = NOON;
        private Instant lastAt = NOON.plusSeconds(30);
        private long count = 5;
        private List<String> sources = List.of("203.0.113.9");
        private List<String> users = List.of("nora");
        private Place place;

        private Finding(TenantId tenant, String series) {
            this.tenant = tenant;
            this.series = series;
            this.name = series;
        }

        public static Finding in(TenantId tenant, String series) {
            return new Finding(tenant, series);
        }

        private Finding with(Consumer<Finding> change) {
            try {
                var other = (Finding) clone();
                change.accept(other);
                return other;
            } catch (CloneNotSupportedException never) {
                throw new AssertionError(never);
            }
        }

        public Finding named(String name) {
            return with(other -> other.name = name);
        }

        public Finding severity(Severity severity) {
            return with(other -> other.severity = severity);
        }

        public Finding stage(Stage stage) {
            return with(other -> other.stage = stage);
        }

        public Finding engine(Engine engine) {
            return with(other -> other.engine = engine);
        }

        public Finding titled(String title) {
            return with(other -> other.title = title);
        }

        public Finding at(Instant lastAt) {
            return with(other -> {
                other.firstAt = lastAt.minusSeconds(30);
                other.lastAt = lastAt;
            });
        }

        public Finding count(long count) {
            return with(other -> other.count = count);
        }

        public Finding from(String... sources) {
            return with(other -> other.sources = List.of(sources));
        }

        public Finding by(String... users) {
            return with(other -> other.users = List.of(users));
        }

        public Finding placed(String country, String city, double latitude, double longitude) {
            return with(other -> other.place =
                    new Place(country, city, latitude, longitude, 20, 64501L, "Example hosting", "geo:test"));
        }

        public TenantId tenant() {
            return tenant;
        }

        public Instant lastAt() {
            return lastAt;
        }

        public FindingId id() {
            return new FindingId(Stories.id("finding " + tenant + series + name));
        }

        FindingRaised raised() {
            var entities = Stream.concat(
                            sources.stream()
                                    .map(address -> new Entity(
                                            Entity.Kind.ADDRESS,
                                            Entity.Role.ACTOR,
                                            Stories.id(address).toString(),
                                            OpenSeals.of(tenant, address),
                                            null)),
                            users.stream()
                                    .map(user -> new Entity(
                                            Entity.Kind.USER,
                                            Entity.Role.TARGET,
                                            Stories.id(user).toString(),
                                            OpenSeals.of(tenant, user),
                                            null)))
                    .toList();
            var evidence = IntStream.range(0, (int) Math.min(count, 3))
                    .mapToObj(i -> new EventId(Stories.id(name + i)))
                    .toList();
            return new FindingRaised(
                    id(),
                    Stories.series(series),
                    tenant,
                    engine,
                    "brute-force",
                    1,
                    title,
                    severity,
                    0.9,
                    stage,
                    List.of(new FindingRaised.Technique("T1110", "Guessing")),
                    firstAt,
                    lastAt,
                    firstAt,
                    count,
                    evidence,
                    entities,
                    List.of(new FindingRaised.Weight("failures", 0.9)),
                    "Many failures from one address.",
                    place,
                    false,
                    true,
                    false,
                    List.of(new FindingRaised.Minute(lastAt.truncatedTo(ChronoUnit.MINUTES), 1)),
                    null);
        }
    }

    public Stories raise(Finding finding) {
        return tell(finding.tenant, "engine:heuristics", finding.lastAt.plusSeconds(1), finding.raised());
    }

    public Stories open(TenantId tenant, String incident, Instant at, Finding... news) {
        return tell(
                tenant,
                "engine:chain",
                at,
                new IncidentEvent.IncidentOpened(incident(incident), tenant, story(news), at));
    }

    public Stories grow(TenantId tenant, String incident, Instant at, Finding... news) {
        return tell(
                tenant,
                "engine:chain",
                at,
                new IncidentEvent.IncidentGrew(incident(incident), tenant, story(news), at));
    }

    private static StoryState story(Finding... news) {
        var last = news[news.length - 1];
        return new StoryState(
                "Story of " + last.title,
                last.severity,
                last.stage,
                Stream.of(news).map(each -> each.stage).distinct().toList(),
                news[0].firstAt,
                last.lastAt,
                news.length,
                last.count,
                false,
                false,
                Stream.of(news).map(Finding::id).toList());
    }

    public Stories absorb(TenantId tenant, String incident, String into, Instant at) {
        return tell(
                tenant,
                "engine:chain",
                at,
                new IncidentEvent.IncidentAbsorbed(incident(incident), tenant, incident(into), at));
    }

    public Stories advise(TenantId tenant, String incident, String network, Instant at) {
        return tell(
                tenant,
                "engine:chain",
                at,
                new IncidentEvent.ContainmentAdvised(
                        incident(incident), tenant, Network.of(network), new FindingId(id("because")), false, at));
    }

    public Stories assign(TenantId tenant, String incident, String member, Instant at) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new IncidentEvent.IncidentAssigned(incident(incident), tenant, member(member), at));
    }

    public Stories comment(TenantId tenant, String incident, String text, Instant at) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new IncidentEvent.IncidentCommented(incident(incident), tenant, OpenSeals.of(tenant, text), at));
    }

    public Stories resolve(TenantId tenant, String incident, Instant at) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new IncidentEvent.IncidentResolved(
                        incident(incident), tenant, Disposition.TRUE_POSITIVE, OpenSeals.of(tenant, "Done"), at));
    }

    public Stories reopen(TenantId tenant, String incident, Instant at) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new IncidentEvent.IncidentReopened(incident(incident), tenant, null, at));
    }

    public Stories block(TenantId tenant, String rule, String network, String incident, Instant at, Duration ttl) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new DefenseEvent.NetworkBlocked(
                        rule(rule),
                        tenant,
                        Network.of(network),
                        at.plus(ttl),
                        "Because",
                        incident == null ? null : incident(incident),
                        at));
    }

    public Stories allow(TenantId tenant, String rule, String network, Instant at, Duration ttl) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new DefenseEvent.NetworkAllowed(
                        rule(rule), tenant, Network.of(network), ttl == null ? null : at.plus(ttl), "Ours", at));
    }

    public Stories lift(TenantId tenant, String rule, String network, Instant at) {
        return tell(
                tenant,
                "member:" + member("lead"),
                at,
                new DefenseEvent.RuleLifted(rule(rule), tenant, Network.of(network), "Enough", at));
    }

    public Stories step(TenantId tenant, String incident, String network, String rule, Instant at) {
        var run = new RunId(id("run " + incident));
        tell(
                tenant,
                "playbook:contain",
                at,
                new PlaybookEvent.PlaybookRunStarted(run, tenant, incident(incident), "contain", 1, at));
        return tell(
                tenant,
                "playbook:contain",
                at,
                new PlaybookEvent.PlaybookStepCompleted(
                        run,
                        tenant,
                        incident(incident),
                        "block-source",
                        Network.of(network),
                        rule(rule),
                        "Blocked for a day",
                        at));
    }
}
