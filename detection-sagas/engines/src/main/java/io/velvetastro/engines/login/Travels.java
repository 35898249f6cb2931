package io.velvetastro.engines.login;

import static java.util.Objects.requireNonNull;

import io.velvetastro.engines.Digest;
import io.velvetastro.engines.Found;
import io.velvetastro.engines.Found.Party;
import io.velvetastro.engines.Memory;
import io.velvetastro.engines.Minutes;
import io.velvetastro.engines.rules.Rule;
import io.velvetastro.language.Engine;
import io.velvetastro.language.EventId;
import io.velvetastro.language.FindingRaised.Weight;
import io.velvetastro.language.Place;
import io.velvetastro.language.SeriesId;
import io.velvetastro.language.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sign-in too far from the one before to have been travelled, with the suppressions that vendors publish: without them most such alerts are false. */
final class Travels {
    private final Rule rule;
    private final Rule.Travel limits;

    Travels(Rule rule) {
        this.rule = rule;
        this.limits = rule.travel();
    }

    /** The account after this successful sign-in; the journeys nobody can make are added to {@code found}. */
    Account step(Memory memory, Login login, Account account, Tally tally, List<Found> found) {
        var place = login.place();
        var after = account.signedIn(login.at(), limits.forgets().toMillis());
        if (login.source() == null || place == null || !place.hasCoordinates()) return after;
        var here = sight(login, place);
        var crowd = enter(memory, login, place);
        var sights = Sight.inserted(account.sights(), here, Account.MOST_SIGHTS + 1);
        int index = sights.indexOf(here);
        if (index > 0) journey(login, after, crowd, sights.get(index - 1), here, tally, found);
        // One that comes in late may lie before one already seen.
        if (index < sights.size() - 1 && login.egress() == Login.Egress.DIRECT)
            journey(login, after, crowd, here, sights.get(index + 1), tally, found);
        return login.egress() == Login.Egress.DIRECT ? after.seen(here) : after;
    }

    private void journey(
            Login login, Account account, @Nullable Crowd crowd, Sight from, Sight to, Tally tally, List<Found> found) {
        if (from.source().equals(to.source()) || account.addresses().knew(to.source(), to.at())) return;
        double km = from.edgeDistanceKm(to);
        double hours = Math.max(1, (to.at() - from.at()) / 1000.0) / 3600;
        if (km < limits.leastKm() || km / hours < limits.speedKmPerHour()) return;
        boolean elsewhere = login.egress() != Login.Egress.DIRECT;
        boolean common =
                to.id().equals(login.id()) && crowd != null && crowd.accounts().countUntil(to.at()) >= limits.common();
        boolean learning = account.logins() <= limits.learningLogins()
                && to.at() - account.since() < limits.learningTime().toMillis();
        var level = rule.levels().get(learning ? 0 : rule.levels().size() - 1);
        var severity = elsewhere || common ? Severity.INFO : level.severity();
        double score = elsewhere || common ? 0.05 : level.score();
        found.add(new Found(
                Engine.HEURISTICS,
                rule.id(),
                rule.version(),
                new SeriesId(new Digest("series")
                        .with(login.tenant().value())
                        .with(rule.id())
                        .with(to.id())
                        .id()),
                login.tenant(),
                rule.title(),
                severity,
                score,
                rule.stage(),
                rule.techniques(),
                // The attack begins where somebody arrives: the sign-in before it was its owner's.
                Instant.ofEpochMilli(to.at()),
                Instant.ofEpochMilli(to.at()),
                Instant.ofEpochMilli(to.at()),
                2,
                List.of(new EventId(from.id()), new EventId(to.id())),
                List.of(
                        Party.user(requireNonNull(login.principal()), new EventId(login.id())),
                        Party.attacker(to.source(), new EventId(to.id()))),
                why(km, hours, learning, elsewhere, common, score),
                rule.explanation()
                        .replace("{km}", Long.toString(Math.round(km)))
                        .replace("{span}", Reports.span(Duration.ofMillis(to.at() - from.at())))
                        .replace("{speed}", Long.toString(Math.round(km / hours))),
                login.place(),
                false,
                elsewhere || common ? Minutes.NONE : tally.count(List.of(arrival(login, to)))));
    }

    /** Where someone came from may be home: only the arrival is an attack. */
    private static Try arrival(Login login, Sight to) {
        return new Try(to.at(), to.id(), requireNonNull(login.principal()), to.source());
    }

    private static List<Weight> why(
            double km, double hours, boolean learning, boolean elsewhere, boolean common, double score) {
        var speed = Math.round(km / hours) + " km/h over " + Math.round(km) + " km";
        if (elsewhere)
            return List.of(
                    new Weight(speed, 0.8), new Weight("through a VPN, relay or satellite network", score - 0.8));
        if (common)
            return List.of(
                    new Weight(speed, 0.8), new Weight("a place several accounts here sign in from", score - 0.8));
        if (learning)
            return List.of(
                    new Weight(speed, 0.8), new Weight("still learning where this account signs in from", score - 0.8));
        return List.of(new Weight(speed, score));
    }

    /** Notes that this account signs in from here, and says who did before. */
    private @Nullable Crowd enter(Memory memory, Login login, Place place) {
        if (crowd(place).isEmpty() || login.egress() != Login.Egress.DIRECT) return null;
        var key = crowd(place).get();
        var before = memory.recall(Crowd.KIND, key);
        var after = before.accounts().with(requireNonNull(login.principal()), login.at(), false, Crowd.ACCOUNTS);
        if (after != before.accounts()) memory.keep(Crowd.KIND, key, new Crowd(after));
        return before;
    }

    /** What the crowd of this city is remembered under. */
    static Optional<String> crowd(Place place) {
        return place.country() == null || place.city() == null
                ? Optional.empty()
                : Optional.of(place.country() + "/" + place.city());
    }

    private static Sight sight(Login login, Place place) {
        int accuracy = place.accuracyKm() == null ? 0 : place.accuracyKm();
        return new Sight(
                login.at(),
                login.id(),
                requireNonNull(login.source()),
                (int) Math.round(requireNonNull(place.latitude()) * 10_000),
                (int) Math.round(requireNonNull(place.longitude()) * 10_000),
                accuracy);
    }
}
