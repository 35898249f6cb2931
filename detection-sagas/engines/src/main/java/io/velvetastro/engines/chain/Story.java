package io.velvetastro.engines.chain;

import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Packer;
import io.velvetastro.engines.Unpacker;
import io.velvetastro.language.IncidentCommand.StoryState;
import io.velvetastro.language.IncidentId;
import io.velvetastro.language.Severity;
import io.velvetastro.language.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one adversary did, as far as findings can be joined.
 *
 * @param opened whether it has become an incident
 * @param into the story it went on in, once two turned out to be one
 * @param fallen strands that no longer fit
 */
record Story(UUID id, boolean opened, @Nullable UUID into, List<Strand> strands, Fallen fallen) {
    static final Kind<Story> KIND = new Kind<>(
            "story", 5, new Story(new UUID(0, 0), false, null, List.of(), Fallen.NONE), Story::pack, Story::unpack);
    static final long LONGEST_MILLIS = Duration.ofHours(24).toMillis();
    private static final int MOST_STRANDS = 200;
    private static final int STAGES_OF_AN_ATTACK = 3;
    private static final int GRAVE_SCORE = 800;

    static Story begun(UUID id) {
        return new Story(id, false, null, List.of(), Fallen.NONE);
    }

    boolean isBlank() {
        return strands.isEmpty() && into == null;
    }

    IncidentId incident() {
        return new IncidentId(id);
    }

    long first() {
        return strands.stream().mapToLong(Strand::first).min().orElse(0);
    }

    long last() {
        return strands.stream().mapToLong(Strand::last).max().orElse(0);
    }

    /** Whether it stays within a day when this is added. */
    boolean fits(long from, long to) {
        return isBlank() || Math.max(last(), to) - Math.min(first(), from) <= LONGEST_MILLIS;
    }

    boolean holds(UUID series) {
        return strands.stream().anyMatch(strand -> strand.series().equals(series));
    }

    /** Addresses that each guess for themselves and got nobody in: no wave, and nothing another tool saw. */
    boolean onlyKnocks() {
        return strands.stream()
                .noneMatch(strand ->
                        strand.isInside() || strand.external() || strand.actor().isEmpty());
    }

    /** Many that only knock. */
    boolean isCrowd() {
        return onlyKnocks() && strands.stream().map(Strand::actor).distinct().count() > 1;
    }

    List<Strand> strandsOf(String actor) {
        return strands.stream().filter(strand -> strand.actor().equals(actor)).toList();
    }

    Story without(String actor) {
        return with(
                strands.stream().filter(strand -> !strand.actor().equals(actor)).toList());
    }

    Story with(Strand next) {
        var after = new ArrayList<Strand>(strands.size() + 1);
        var kept = next;
        for (var strand : strands) {
            if (strand.series().equals(next.series())) kept = strand.then(next);
            else after.add(strand);
        }
        after.add(kept);
        after.sort(Comparator.comparingLong(Strand::first).thenComparing(Strand::series));
        return new Story(id, opened, into, after, fallen.without(next.series())).bounded();
    }

    Story absorbing(Story other) {
        var fallen = this.fallen.and(other.fallen);
        for (var strand : strands) fallen = fallen.without(strand.series());
        var story = new Story(id, opened, into, strands, fallen);
        for (var strand : other.strands) story = story.with(strand);
        return story;
    }

    Story absorbedBy(Story other) {
        return new Story(id, opened, other.id, List.of(), Fallen.NONE);
    }

    /** Two stages on the way to three: worth a longer look, for attackers rest too. */
    boolean isHot() {
        return opened || stages().size() >= STAGES_OF_AN_ATTACK - 1;
    }

    /**
     * Whether this is more than noise: our own engines are sure, or another tool's gravest word is new, or the stages add up.
     */
    boolean matters() {
        if (strands.stream()
                .anyMatch(strand -> !strand.external() && strand.severity().compareTo(Severity.HIGH) >= 0)) return true;
        if (strands.stream()
                .anyMatch(strand -> strand.severity() == Severity.CRITICAL || strand.score() >= GRAVE_SCORE))
            return true;
        int stages = stages().size();
        return stages >= STAGES_OF_AN_ATTACK
                || stages == STAGES_OF_AN_ATTACK - 1
                        && strands.stream().anyMatch(strand -> strand.severity() == Severity.HIGH);
    }

    /** The distinct stages, in the order in which they were reached. */
    List<Stage> stages() {
        var first = new EnumMap<Stage, Long>(Stage.class);
        for (var strand : strands) first.merge(strand.stage(), strand.reached(), Math::min);
        return first.entrySet().stream()
                .sorted(Map.Entry.<Stage, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean hasNews() {
        return strands.stream().anyMatch(strand -> !strand.told());
    }

    Story heard() {
        return new Story(id, true, into, strands.stream().map(Strand::heard).toList(), fallen);
    }

    Story with(List<Strand> strands) {
        return new Story(id, opened, into, strands, fallen);
    }

    StoryState state() {
        var stages = stages();
        return new StoryState(
                title(stages),
                severity(stages),
                stages.stream().max(Comparator.naturalOrder()).orElse(Stage.RECONNAISSANCE),
                stages,
                Instant.ofEpochMilli(first()),
                Instant.ofEpochMilli(last()),
                strands.size() + fallen.size(),
                events(),
                strands.stream().allMatch(Strand::history),
                strands.stream().allMatch(Strand::simulated),
                strands.stream()
                        .filter(strand -> !strand.told())
                        .map(Strand::findingId)
                        .toList());
    }

    private long events() {
        var shares = new ArrayList<>(fallen.all());
        for (var strand : strands) shares.add(strand.share());
        return Share.events(shares);
    }

    private Severity severity(List<Stage> stages) {
        var gravest = strands.stream()
                .map(Strand::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
        if (stages.size() > STAGES_OF_AN_ATTACK) return Severity.CRITICAL;
        return stages.size() == STAGES_OF_AN_ATTACK ? gravest.atLeast(Severity.HIGH) : gravest;
    }

    /** Never a name of a person: titles are not sealed. */
    private String title(List<Stage> stages) {
        var gravest = strands.stream()
                .max(Comparator.comparing(Strand::severity)
                        .thenComparing(Strand::score)
                        .thenComparing(Strand::stage))
                .orElseThrow();
        if (stages.size() < STAGES_OF_AN_ATTACK) return gravest.title();
        var machines = strands.stream()
                .filter(strand -> !strand.machine().isEmpty())
                .collect(Collectors.groupingBy(Strand::machine, Collectors.mapping(Strand::stage, Collectors.toSet())));
        if (machines.isEmpty()) return "Attack in " + stages.size() + " stages";
        var most = machines.entrySet().stream()
                .max(Comparator.<Map.Entry<String, Set<Stage>>>comparingInt(
                                entry -> entry.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        int others = machines.size() - 1;
        var more = others == 0 ? "" : others == 1 ? " and 1 other machine" : " and " + others + " other machines";
        return "Attack in " + stages.size() + " stages on " + most + more;
    }

    private Story bounded() {
        if (strands.size() <= MOST_STRANDS) return this;
        var least = strands.stream()
                .filter(Strand::told)
                .min(Comparator.comparing(Strand::severity).thenComparing(Strand::last))
                .orElse(strands.getLast());
        var kept = strands.stream().filter(strand -> strand != least).toList();
        return new Story(id, opened, into, kept, fallen.with(least));
    }

    private static void pack(Story story, Packer packer) {
        packer.id(story.id).flag(story.opened).flag(story.into != null);
        if (story.into != null) packer.id(story.into);
        story.fallen.pack(packer);
        packer.number(story.strands.size());
        story.strands.forEach(strand -> strand.pack(packer));
    }

    private static Story unpack(Unpacker unpacker) {
        var id = unpacker.id();
        boolean opened = unpacker.flag();
        var into = unpacker.flag() ? unpacker.id() : null;
        var fallen = Fallen.unpack(unpacker);
        var strands = new ArrayList<Strand>();
        for (int left = unpacker.count(); left > 0; left--) strands.add(Strand.unpack(unpacker));
        return new Story(id, opened, into, List.copyOf(strands), fallen);
    }

    /** Tells two stories apart in time: the earlier one goes on, whichever was met first. */
    static final Comparator<Story> KEPT_FIRST = Comparator.comparing((Story story) -> !story.opened)
            .thenComparingLong(Story::first)
            .thenComparing(Story::id);
}
