package io.velvetastro.views.story;

import static io.velvetastro.views.jooq.Tables.ATTACK;
import static io.velvetastro.views.jooq.Tables.ATTACK_ENTITY;
import static io.velvetastro.views.jooq.Tables.FINDING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.Place;
import io.velvetastro.questions.Attacks;
import io.velvetastro.views.Clean;
import io.velvetastro.views.Rows;
import io.velvetastro.views.Told;
import io.velvetastro.views.jooq.tables.records.AttackEntityRecord;
import io.velvetastro.views.jooq.tables.records.AttackRecord;
import io.velvetastro.views.jooq.tables.records.FindingRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;

/** A batch's findings: each keeps a row, and the latest of its series is the attack that the feed shows. */
final class FindingRows {
    private static final ObjectMapper JSON_FORM = new ObjectMapper();

    private record Named(Entity entity, String name) {}

    /** The form of an entity in its finding's row. */
    record EntityJson(Entity.Kind kind, Entity.Role role, String id, String name) {}

    private final DSLContext db;
    private final Names names;
    private final RollUps sums;
    private final Map<Key, AttackRecord> attacks;
    private final Set<Key> known;
    private final Map<Key, AttackRecord> before = new LinkedHashMap<>();
    private final Map<Key, AttackRecord> after = new LinkedHashMap<>();
    private final List<FindingRecord> findings = new ArrayList<>();
    private final Map<List<Object>, AttackEntityRecord> entities = new LinkedHashMap<>();

    FindingRows(DSLContext db, Names names, RollUps sums, List<Told> batch) {
        this.db = db;
        this.names = names;
        this.sums = sums;
        var series = new HashSet<Key>();
        var ids = new HashSet<Key>();
        for (var told : batch)
            if (told.payload() instanceof FindingRaised finding) {
                series.add(new Key(told.tenant().value(), finding.series().value()));
                ids.add(new Key(told.tenant().value(), finding.id().value()));
            }
        this.attacks = Key.load(db, ATTACK, series);
        this.known = new HashSet<>(existing(ids));
    }

    private Set<Key> existing(Set<Key> ids) {
        if (ids.isEmpty()) return Set.of();
        return db
                .fetch(
                        "select t.tenant, t.id from finding t join unnest(?::uuid[], ?::uuid[]) as k(tenant, id) on t.tenant = k.tenant and t.id = k.id",
                        Key.tenants(ids),
                        Key.ids(ids))
                .stream()
                .map(row -> new Key(row.get("tenant", UUID.class), row.get("id", UUID.class)))
                .collect(Collectors.toSet());
    }

    void take(Told told, FindingRaised finding) {
        var tenant = told.tenant().value();
        // The id says what it rests on: the same id again is the same finding, appended twice.
        if (!known.add(new Key(tenant, finding.id().value()))) return;
        var named = finding.entities().stream()
                .map(entity -> new Named(entity, names.of(told.tenant(), entity)))
                .toList();
        findings.add(findingRow(told, finding, named));
        var key = new Key(tenant, finding.series().value());
        var last = after.containsKey(key) ? after.get(key) : attacks.get(key);
        if (!after.containsKey(key) && last != null) before.put(key, last);
        var now = attackRow(told, finding, named);
        now.setOutcome(last == null ? Attacks.Outcome.WATCHING.name() : last.getOutcome());
        now.setIncident(last == null ? null : last.getIncident());
        for (var minute : finding.fresh()) sums.events(tenant, Clean.column(minute.at()), minute.events());
        after.put(key, now);
        for (var one : named) remember(told, key, one);
    }

    private void remember(Told told, Key series, Named named) {
        var entity = named.entity;
        var id = Clean.text(entity.id());
        entities.merge(
                List.of(series, entity.kind(), entity.role(), id),
                new AttackEntityRecord(
                        series.tenant(),
                        series.id(),
                        entity.kind().name(),
                        entity.role().name(),
                        id,
                        named.name,
                        entity.kind() == Entity.Kind.ADDRESS ? Names.address(named.name) : null,
                        told.position()),
                FindingRows::theFirstThatSays);
    }

    /** The same someone under a key that is gone has no name; under one that is not, has. */
    private static AttackEntityRecord theFirstThatSays(AttackEntityRecord first, AttackEntityRecord next) {
        if (first.getName().equals(Names.ERASED)) {
            first.setName(next.getName());
            first.setAddress(next.getAddress());
        }
        return first;
    }

    Set<Key> series() {
        return after.keySet();
    }

    void write() {
        Rows.insert(db, FINDING, findings, "on conflict do nothing");
        Rows.insert(db, ATTACK_ENTITY, entities.values(), """
                on conflict (tenant, series, kind, role, entity) do update set name = excluded.name, address = excluded.address
                where t.name = '%1$s' and excluded.name <> '%1$s'
                """.formatted(Names.ERASED));
        Rows.insert(db, ATTACK, after.values(), """
                on conflict (tenant, id) do update set
                position = excluded.position, finding = excluded.finding, first_at = excluded.first_at, last_at = excluded.last_at,
                severity = excluded.severity, stage = excluded.stage, engine = excluded.engine, rule = excluded.rule, title = excluded.title,
                source = excluded.source, source_id = excluded.source_id, user_name = excluded.user_name, user_id = excluded.user_id,
                users = excluded.users, host = excluded.host, events = excluded.events, history = excluded.history, simulated = excluded.simulated,
                country = excluded.country, city = excluded.city, latitude = excluded.latitude, longitude = excluded.longitude,
                accuracy_km = excluded.accuracy_km, asn = excluded.asn, as_organization = excluded.as_organization, geo_data = excluded.geo_data,
                origin = excluded.origin, search = excluded.search
                """);
        before.values().forEach(sums::went);
        after.values().forEach(sums::appeared);
    }

    private static FindingRecord findingRow(Told told, FindingRaised f, List<Named> named) {
        var row = new FindingRecord();
        row.setTenant(told.tenant().value());
        row.setId(f.id().value());
        row.setSeries(f.series().value());
        row.setPosition(told.position());
        row.setSeverity((short) f.severity().ordinal());
        row.setStage((short) f.stage().number());
        row.setEngine(f.engine().name());
        row.setRule(Clean.text(f.rule()));
        row.setRuleVersion(f.ruleVersion());
        row.setTitle(Clean.text(f.title()));
        row.setScore(Double.isFinite(f.score()) ? f.score() : 0);
        row.setExplanation(Clean.text(f.explanation()));
        row.setFirstAt(Clean.column(f.firstAt()));
        row.setLastAt(Clean.column(f.lastAt()));
        row.setReachedAt(Clean.column(f.reachedAt()));
        row.setRecordedAt(Clean.column(told.recordedAt()));
        row.setEvents(f.count());
        row.setEvidence(f.evidence().stream().map(EventId::value).toArray(UUID[]::new));
        row.setTechniques(json(f.techniques().stream()
                .map(t -> new FindingRaised.Technique(Clean.text(t.id()), Clean.text(t.name())))
                .toList()));
        row.setWhy(json(f.why().stream()
                .map(w -> new FindingRaised.Weight(Clean.text(w.what()), Double.isFinite(w.share()) ? w.share() : 0))
                .toList()));
        row.setEntities(json(named.stream()
                .map(n -> new EntityJson(n.entity.kind(), n.entity.role(), Clean.text(n.entity.id()), n.name))
                .toList()));
        return row;
    }

    private static AttackRecord attackRow(Told told, FindingRaised f, List<Named> named) {
        var source = first(named, Entity.Kind.ADDRESS, Entity.Role.ACTOR);
        var user = first(named, Entity.Kind.USER, null);
        var host = first(named, Entity.Kind.HOST, null);
        var row = new AttackRecord();
        row.setTenant(told.tenant().value());
        row.setId(f.series().value());
        row.setPosition(told.position());
        row.setFinding(f.id().value());
        row.setFirstAt(Clean.column(f.firstAt()));
        row.setLastAt(Clean.column(f.lastAt()));
        row.setSeverity((short) f.severity().ordinal());
        row.setStage((short) f.stage().number());
        row.setEngine(f.engine().name());
        row.setRule(Clean.text(f.rule()));
        row.setTitle(Clean.text(f.title()));
        row.setSource(source == null ? null : source.name);
        row.setSourceId(source == null ? null : Clean.text(source.entity.id()));
        row.setUserName(user == null ? null : user.name);
        row.setUserId(user == null ? null : Clean.text(user.entity.id()));
        row.setUsers((int) named.stream()
                .filter(n -> n.entity.kind() == Entity.Kind.USER)
                .map(n -> n.entity.id())
                .distinct()
                .count());
        row.setHost(host == null ? null : host.name);
        row.setEvents(f.count());
        row.setHistory(f.history());
        row.setSimulated(f.simulated());
        place(row, f.place());
        row.setSearch(search(row.getTitle(), row.getSource(), row.getUserName(), row.getHost()));
        return row;
    }

    static String search(@Nullable String... words) {
        return Stream.of(words)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }

    private static void place(AttackRecord row, @Nullable Place place) {
        row.setOrigin("");
        if (place == null) return;
        row.setCountry(Clean.textOrNull(place.country()));
        row.setCity(Clean.textOrNull(place.city()));
        row.setLatitude(place.latitude());
        row.setLongitude(place.longitude());
        row.setAccuracyKm(place.accuracyKm());
        row.setAsn(place.asn());
        row.setAsOrganization(Clean.textOrNull(place.asOrganization()));
        row.setGeoData(Clean.text(place.data()));
        if (place.hasCoordinates())
            row.setOrigin(Clean.text(String.join(
                    "|",
                    Objects.toString(place.country(), ""),
                    Objects.toString(place.city(), ""),
                    Objects.toString(place.latitude()),
                    Objects.toString(place.longitude()),
                    Objects.toString(place.asn(), ""))));
    }

    private static @Nullable Named first(List<Named> named, Entity.Kind kind, Entity.@Nullable Role role) {
        for (var one : named) if (one.entity.kind() == kind && (role == null || one.entity.role() == role)) return one;
        return null;
    }

    private static JSON json(Object value) {
        try {
            return JSON.json(JSON_FORM.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records of text and numbers have a JSON form", impossible);
        }
    }
}
