package io.velvetastro.engines.chain;

import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import io.velvetastro.language.Engine;
import io.velvetastro.language.FindingId;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.FindingRaised.Entity;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One series of findings as a story remembers it: its last word.
 *
 * @param told whether the incident has heard its last word
 * @param advised 0 not yet, 1 as history, 2 as something to be acted upon
 * @param reached when its stage was reached
 * @param machine the machine it is about, or empty
 * @param actor the address that acted, where it is one alone, or empty
 * @param wave whether it counts what many addresses did, though one of them got in
 * @param events marks of the events it rests on; none for other tools' alerts, which no two series share
 */
record Strand(
        UUID series,
        UUID finding,
        boolean external,
        String title,
        String machine,
        String actor,
        boolean wave,
        Severity severity,
        int score,
        Stage stage,
        long first,
        long last,
        long reached,
        long count,
        boolean history,
        boolean simulated,
        boolean told,
        int advised,
        List<Attacker> attackers,
        Set<Integer> events) {
    private static final int LONGEST_TITLE = 120;

    /** An address to keep out. */
    record Attacker(String id, String sealed) {}

    static Strand of(FindingRaised finding) {
        return new Strand(
                finding.series().value(),
                finding.id().value(),
                finding.engine() == Engine.EXTERNAL,
                finding.title().length() > LONGEST_TITLE
                        ? finding.title().substring(0, LONGEST_TITLE)
                        : finding.title(),
                finding.entities().stream()
                        .filter(entity -> entity.kind() == Entity.Kind.HOST)
                        .findFirst()
                        .map(Entity::id)
                        .orElse(""),
                actor(finding),
                Key.isStuffing(finding),
                finding.severity(),
                (int) Math.round(finding.score() * 1000),
                finding.stage(),
                finding.firstAt().toEpochMilli(),
                finding.lastAt().toEpochMilli(),
                finding.reachedAt().toEpochMilli(),
                finding.count(),
                finding.history(),
                finding.simulated(),
                false,
                0,
                finding.contain() ? attackers(finding) : List.of(),
                finding.engine() == Engine.EXTERNAL ? Set.of() : marks(finding));
    }

    /** The next word on the same series. */
    Strand then(Strand next) {
        if (finding.equals(next.finding)) return this;
        return new Strand(
                series,
                next.finding,
                external,
                next.title,
                machine,
                actor,
                wave,
                next.severity,
                next.score,
                next.stage,
                Math.min(first, next.first),
                Math.max(last, next.last),
                Math.min(reached, next.reached),
                Math.max(count, next.count),
                next.history,
                next.simulated,
                false,
                advised,
                next.attackers,
                next.events);
    }

    Strand heard() {
        return told(true, advised);
    }

    /** Once more news: for another incident. */
    Strand unheard() {
        return told(false, advised);
    }

    /** One rule speaks under one title; but all who get in during a wave have its guesses in common. */
    Share share() {
        int rule = external ? Share.ALERTS : mark(wave && isInside() ? series.toString() : title);
        return new Share(rule, wave || actor.isEmpty() ? Share.MANY : mark(actor), count, events);
    }

    private static int mark(String text) {
        return text.hashCode() == 0 ? 1 : text.hashCode();
    }

    boolean isInside() {
        return stage.compareTo(Stage.EXPLOITATION) >= 0;
    }

    private static String actor(FindingRaised finding) {
        var actors = finding.entities().stream()
                .filter(entity -> entity.kind() == Entity.Kind.ADDRESS && entity.role() == Entity.Role.ACTOR)
                .map(Entity::id)
                .distinct()
                .toList();
        return actors.size() == 1 ? actors.getFirst() : "";
    }

    /** Advice on history is given again once it is no longer history. */
    boolean callsForAdvice() {
        return !attackers.isEmpty() && advised < (history ? 1 : 2);
    }

    Strand adviceGiven() {
        return told(told, history ? 1 : 2);
    }

    private Strand told(boolean told, int advised) {
        return new Strand(
                series, finding, external, title, machine, actor, wave, severity, score, stage, first, last, reached,
                count, history, simulated, told, advised, attackers, events);
    }

    FindingId findingId() {
        return new FindingId(finding);
    }

    private static List<Attacker> attackers(FindingRaised finding) {
        return finding.entities().stream()
                .filter(entity -> entity.kind() == Entity.Kind.ADDRESS && entity.role() == Entity.Role.ACTOR)
                .map(entity -> new Attacker(
                        entity.id(),
                        entity.sealedName() == null ? "" : entity.sealedName().text()))
                .toList();
    }

    /** Four bytes of each event's id tell the events of one story apart well enough to count them. */
    private static Set<Integer> marks(FindingRaised finding) {
        return finding.evidence().stream()
                .map(event -> (int) event.value().getLeastSignificantBits())
                .collect(Collectors.toUnmodifiableSet());
    }

    Sealed sealed(Attacker attacker) {
        return new Sealed(attacker.sealed());
    }

    void pack(Packer packer) {
        packer.id(series)
                .id(finding)
                .flag(external)
                .text(title)
                .text(machine)
                .text(actor)
                .flag(wave)
                .number(severity.ordinal())
                .number(score);
        packer.number(stage.ordinal())
                .number(first)
                .number(last - first)
                .number(reached - first)
                .number(count);
        packer.flag(history).flag(simulated).flag(told).number(advised).number(attackers.size());
        for (var attacker : attackers) packer.text(attacker.id()).text(attacker.sealed());
        packer.number(events.size());
        events.stream().sorted().forEach(packer::number);
    }

    static Strand unpack(Unpacker in) {
        var series = in.id();
        var finding = in.id();
        boolean external = in.flag();
        var title = in.text();
        var machine = in.text();
        var actor = in.text();
        boolean wave = in.flag();
        var severity = Severity.values()[in.count()];
        int score = in.count();
        var stage = Stage.values()[in.count()];
        long first = in.number();
        long last = first + in.number();
        long reached = first + in.number();
        long count = in.number();
        boolean history = in.flag();
        boolean simulated = in.flag();
        boolean told = in.flag();
        int advised = in.count();
        var attackers = new ArrayList<Attacker>();
        for (int left = in.count(); left > 0; left--) attackers.add(new Attacker(in.text(), in.text()));
        var events = new HashSet<Integer>();
        for (int left = in.count(); left > 0; left--) events.add((int) in.number());
        return new Strand(
                series,
                finding,
                external,
                title,
                machine,
                actor,
                wave,
                severity,
                score,
                stage,
                first,
                last,
                reached,
                count,
                history,
                simulated,
                told,
                advised,
                List.copyOf(attackers),
                Set.copyOf(events));
    }
}
