package io.velvetastro.decisions.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Overloaded;
import io.velvetastro.language.TenantId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final TenantId FLOOD = new TenantId(new UUID(1, 1));
    private static final TenantId OTHER = new TenantId(new UUID(1, 2));

    private long now = 1_000_000;
    private final Quota quota = new Quota(100, () -> now);

    @Test
    void whoIsAloneMaySendAsMuchAsThereIs() {
        for (int i = 0; i < 100; i++) send(FLOOD, 1_000);
    }

    @Test
    void besideOthersWhoFloodsIsToldWhenToComeBack() {
        send(OTHER, 1);
        send(FLOOD, 1_500);

        assertThatThrownBy(() -> quota.check(FLOOD))
                .isInstanceOfSatisfying(
                        Overloaded.class,
                        refused -> assertThat(refused.retryAfter())
                                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6)));
        assertThatCode(() -> quota.check(OTHER)).doesNotThrowAnyException();
    }

    @Test
    void whatItOwesIsMadeUpForInTime() {
        send(OTHER, 1);
        send(FLOOD, 1_500);
        pass(6);
        send(OTHER, 1);

        assertThatCode(() -> quota.check(FLOOD)).doesNotThrowAnyException();
    }

    @Test
    void forGoodItGetsItsQuotaAndNoMore() {
        long taken = 0;
        for (int second = 0; second < 100; second++) {
            send(OTHER, 1);
            for (int tries = 0; tries < 10; tries++) {
                try {
                    quota.check(FLOOD);
                } catch (Overloaded refused) {
                    continue;
                }
                quota.charge(FLOOD, 50);
                taken += 50;
            }
            pass(1);
        }
        assertThat(taken).isBetween(100L * 100, 100L * 100 + 1_050);
    }

    @Test
    void whatItTookWhileAloneIsNotHeldAgainstItForLong() {
        for (int i = 0; i < 100; i++) send(FLOOD, 1_000);
        send(OTHER, 1);
        assertThatThrownBy(() -> quota.check(FLOOD)).isInstanceOf(Overloaded.class);
        pass(9);
        send(OTHER, 1);
        pass(2);

        assertThatCode(() -> quota.check(FLOOD)).doesNotThrowAnyException();
    }

    @Test
    void whoHasGoneIsNobodyToProtect() {
        send(OTHER, 1);
        send(FLOOD, 1_500);
        assertThatThrownBy(() -> quota.check(FLOOD)).isInstanceOf(Overloaded.class);
        now += TimeUnit.SECONDS.toNanos(1) / 10; // Not enough to be out of debt.
        quota.check(OTHER);
        quota.charge(FLOOD, 1_500);
        pass(10);

        send(FLOOD, 5_000);
        assertThatCode(() -> quota.check(FLOOD)).doesNotThrowAnyException();
    }

    @Test
    void withoutAQuotaNobodyIsHeldBack() {
        var none = new Quota(0, () -> now);
        none.check(OTHER);
        none.charge(FLOOD, 1_000_000);

        assertThatCode(() -> none.check(FLOOD)).doesNotThrowAnyException();
    }

    @Test
    void whatIsSentToAnotherProcessCountsHereAndSoDoesWhoSendsThere() {
        quota.heard(OTHER, 1);
        quota.check(FLOOD);
        quota.heard(FLOOD, 1_500);

        assertThatThrownBy(() -> quota.check(FLOOD)).isInstanceOf(Overloaded.class);
        assertThat(quota.spent()).isEmpty();
        quota.charge(OTHER, 3);
        assertThat(quota.spent()).containsExactly(java.util.Map.entry(OTHER, 3L));
    }

    private void send(TenantId tenant, int events) {
        quota.check(tenant);
        quota.charge(tenant, events);
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
