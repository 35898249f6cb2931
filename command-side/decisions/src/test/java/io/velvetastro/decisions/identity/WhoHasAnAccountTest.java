package io.velvetastro.decisions.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.decisions.identity.Sessions.Kind;
import io.velvetastro.decisions.telemetry.Whereabouts;
import io.velvetastro.language.Address;
import io.velvetastro.language.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The time of an answer does not tell who has an account: with a cheap hash and no beat, so that nothing else hides behind them. The bench asks the same of a whole house, two thousand times. */
class WhoHasAnAccountTest extends Door {
    private static final int TRIES = 150;
    private static final int PEOPLE = 10;
    private static final int LOOKS = 3;
    private static final Argon2PasswordEncoder CHEAP = new Argon2PasswordEncoder(16, 32, 1, 4096, 2);

    @Autowired
    SignInRecord record;

    @Autowired
    SecondFactors factors;

    @Autowired
    SecondSteps steps;

    @Autowired
    RecoveryCodes recovery;

    @Autowired
    Passkeys passkeys;

    @Autowired
    Devices devices;

    @Autowired
    Notices notices;

    @Autowired
    AccessRecord access;

    @Autowired
    Whereabouts whereabouts;

    @Autowired
    PlatformTransactionManager transactions;

    private int address;

    /** Chance alone makes one look in a hundred seem to tell, and a busy machine more: what can really be told is told each time. */
    @Test
    void knownAndUnknownAddressesTakeTheSame() {
        try (var honest = new Passwords(CHEAP, 2, 32)) {
            assertThat(Stream.generate(() -> look(honest)).limit(LOOKS)).anyMatch(Look::tellsNothing);
        }
    }

    /** The control: without the hash that is nobody's, the same measurement tells them apart. */
    @Test
    void withoutNobodysHashTheyWouldNot() {
        try (var careless = new Passwords(CHEAP, 2, 32) {
            @Override
            boolean fits(String password, @Nullable String phc) {
                return phc != null && super.fits(password, phc);
            }
        }) {
            assertThat(look(careless).tellsNothing()).isFalse();
        }
    }

    /** How far two medians are apart, and how likely that much difference is between two samples of the same. */
    private record Look(double medianGapMillis, double kolmogorovSmirnovP) {
        boolean tellsNothing() {
            return medianGapMillis < 2 && kolmogorovSmirnovP > 0.01;
        }
    }

    private Look look(Passwords hashing) {
        var signIn = new SignIn(
                people,
                hashing,
                new GuessingBrake(new TryCounts(db, Secret.sha256(Secret.fresh()), transactions), clock),
                new Beat(Duration.ofNanos(1)),
                sessions,
                record,
                factors,
                steps,
                recovery,
                passkeys,
                devices,
                notices,
                access,
                whereabouts,
                new TransactionTemplate(transactions),
                clock);
        var known = employed(hashing);
        var ofKnown = new double[TRIES];
        var ofUnknown = new double[TRIES];
        for (int i = -20; i < TRIES; i++) {
            var whoIs = known.get(Math.floorMod(i, PEOPLE));
            var whoIsNot = "nobody" + i + "@domain" + Math.floorMod(i, PEOPLE) + ".example";
            boolean first = i % 2 == 0;
            double one = took(signIn, first ? whoIs : whoIsNot);
            double other = took(signIn, first ? whoIsNot : whoIs);
            if (i < 0) continue;
            ofKnown[i] = first ? one : other;
            ofUnknown[i] = first ? other : one;
        }
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(ofKnown, ofUnknown);
        Arrays.sort(ofKnown);
        Arrays.sort(ofUnknown);
        return new Look(Math.abs(ofKnown[TRIES / 2] - ofUnknown[TRIES / 2]), p);
    }

    private List<String> employed(Passwords hashing) {
        var organization = organization("Acme");
        var emails = new ArrayList<String>();
        for (int i = 0; i < PEOPLE; i++) {
            var grace = member(organization, Role.EMPLOYEE);
            db.sql("update identity.credential set phc = ? where member = ?")
                    .params(hashing.hash(PASSWORD), grace.member().value())
                    .update();
            emails.add(grace.email());
        }
        return emails;
    }

    private double took(SignIn signIn, String email) {
        var from = new Origin(
                Address.of("2001:db8:" + Integer.toHexString(++address) + "::1"), null, Secret.fresh(), false);
        long begin = System.nanoTime();
        assertThatThrownBy(() -> signIn.with(email, "not it", null, from, Kind.API))
                .isInstanceOf(BadCredentialsException.class);
        return (System.nanoTime() - begin) / 1e6;
    }
}
