package io.velvetastro.engines.chain;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.Kind;
import io.velvetastro.engines.Memory;
import io.velvetastro.language.FindingRaised;
import io.velvetastro.language.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins findings into stories: what shares an address, a machine, or an account that was taken, within hours is one adversary's work until shown otherwise. A story that comes to matter becomes an incident and is kept current as one. Loud guessing that got nobody in is one story for all its addresses; whoever of them gets in takes what is theirs along into a story of their own.
 */
public final class Chain {
    private static final int LONGEST_TRAIL = 64;

    /** Names what joining this finding will recall first. */
    public void willRecall(FindingRaised finding, BiConsumer<Kind<?>, String> wanted) {
        if (isNoise(finding)) return;
        for (var key : Key.of(finding)) wanted.accept(Links.KIND, key.store());
        if (Key.isKnocking(finding)) wanted.accept(Links.KIND, Key.KNOCKING.store());
    }

    /** What is to be said after these findings of one organisation, in order. */
    public List<Answer> follow(Memory memory, List<FindingRaised> findings) {
        var answers = new ArrayList<Answer>();
        var touched = new LinkedHashSet<UUID>();
        for (var finding : findings) {
            if (!isNoise(finding)) join(memory, finding, touched, answers);
        }
        for (var id : touched) tell(memory, id, answers);
        return answers;
    }

    /** Noise opens nothing and joins nothing. */
    private static boolean isNoise(FindingRaised finding) {
        return finding.severity().compareTo(Severity.MEDIUM) < 0;
    }

    private static void join(Memory memory, FindingRaised finding, SequencedSet<UUID> touched, List<Answer> answers) {
        var strand = Strand.of(finding);
        var keys = Key.of(finding);
        var candidates = candidates(memory, strand, keys);
        if (candidates == null) return;
        if (Key.isKnocking(finding) && candidates.stream().allMatch(Story::onlyKnocks)) {
            keys.add(Key.KNOCKING);
            candidates = candidates(memory, strand, keys);
            if (candidates == null) return;
        }
        var begun = Story.begun(new Digest("incident")
                .with(finding.tenant().value())
                .with(finding.id().value())
                .id());
        if (strand.isInside()) begun = takeAlong(memory, begun, strand, keys, candidates);
        if (!begun.isBlank()) candidates.add(begun);
        candidates.sort(Story.KEPT_FIRST);
        var story = candidates.isEmpty() ? begun : candidates.getFirst();
        for (var other : candidates) {
            if (other.id().equals(story.id()) || !story.fits(other.first(), other.last())) continue;
            story = story.absorbing(other);
            memory.keep(Story.KIND, other.id().toString(), other.absorbedBy(story));
            if (other.opened()) answers.add(new Answer.Absorb(other.incident(), story.incident()));
            touched.remove(other.id());
        }
        story = story.with(strand);
        memory.keep(Story.KIND, story.id().toString(), story);
        touched.add(story.id());
        for (var key : keys) {
            var links = memory.recall(Links.KIND, key.store());
            memory.keep(Links.KIND, key.store(), links.with(story.id(), strand.first(), strand.last()));
        }
    }

    /** Whoever gets in leaves the crowd that only knocked: it is let go of, and what they did there is the beginning of their own story. */
    private static Story takeAlong(
            Memory memory, Story begun, Strand strand, Iterable<Key> keys, List<Story> candidates) {
        for (var crowd : List.copyOf(candidates)) {
            if (!crowd.isCrowd()) continue;
            candidates.remove(crowd);
            for (var own : crowd.strandsOf(strand.actor())) begun = begun.with(own.unheard());
            memory.keep(Story.KIND, crowd.id().toString(), crowd.without(strand.actor()));
            for (var key : keys) {
                var links = memory.recall(Links.KIND, key.store());
                memory.keep(Links.KIND, key.store(), links.without(crowd.id()));
            }
        }
        return begun;
    }

    /** The stories this finding belongs to, the one to be kept first; null when it comes too late for its own. */
    private static @Nullable List<Story> candidates(Memory memory, Strand strand, Collection<Key> keys) {
        var candidates = new ArrayList<Story>();
        for (var key : keys) {
            for (var link : memory.recall(Links.KIND, key.store()).list()) {
                var story = present(memory, link.story());
                if (story.isBlank()
                        || candidates.stream().anyMatch(other -> other.id().equals(story.id()))) continue;
                if (key.equals(Key.KNOCKING) && !story.onlyKnocks()) continue;
                boolean holds = story.holds(strand.series());
                boolean fits = story.fits(strand.first(), strand.last());
                // A series that outlasts its story's day has been told; its next run is the next story's.
                if (holds && !fits) return null;
                if (holds
                        || fits
                                && link.near(
                                        strand.first(),
                                        strand.last(),
                                        key.gap().toMillis(),
                                        key.afterMillis(story.isHot()))) candidates.add(story);
            }
        }
        candidates.sort(Story.KEPT_FIRST);
        return candidates;
    }

    /** The story under this id, or the one it went on in. */
    private static Story present(Memory memory, UUID id) {
        var story = memory.recall(Story.KIND, id.toString());
        for (int steps = 0; story.into() != null && steps < LONGEST_TRAIL; steps++)
            story = memory.recall(Story.KIND, story.into().toString());
        return story;
    }

    private static void tell(Memory memory, UUID id, List<Answer> answers) {
        var story = memory.recall(Story.KIND, id.toString());
        if (!story.opened() && !story.matters()) return;
        if (story.hasNews()) {
            answers.add(
                    story.opened()
                            ? new Answer.Grow(story.incident(), story.state())
                            : new Answer.Open(story.incident(), story.state()));
            story = story.heard();
        }
        var strands = new ArrayList<Strand>(story.strands().size());
        for (var strand : story.strands()) {
            strands.add(strand.callsForAdvice() ? strand.adviceGiven() : strand);
            if (!strand.callsForAdvice()) continue;
            for (var attacker : strand.attackers()) {
                if (!attacker.sealed().isEmpty())
                    answers.add(new Answer.Contain(
                            story.incident(), strand.sealed(attacker), strand.findingId(), strand.history()));
            }
        }
        memory.keep(Story.KIND, id.toString(), story.with(strands));
    }
}
