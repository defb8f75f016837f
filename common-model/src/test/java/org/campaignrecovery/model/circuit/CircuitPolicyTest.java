package org.campaignrecovery.model.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.campaignrecovery.model.circuit.Circuit.Closed;
import org.campaignrecovery.model.circuit.Circuit.Open;
import org.campaignrecovery.model.circuit.Circuit.Probing;
import org.junit.jupiter.api.Test;

class CircuitPolicyTest {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final CircuitPolicy POLICY = new CircuitPolicy(3, FIRST, Duration.ofSeconds(30));

    private long now = -1_000_000;

    @Test
    void onlyFailuresInARowOpenIt() {
        Circuit circuit = failed(failed(Circuit.FRESH));
        circuit = failed(failed(POLICY.succeeded(circuit)));
        assertThat(circuit).isEqualTo(new Closed(2));
        assertThat(POLICY.pause(circuit, now)).isZero();
        assertThat(failed(circuit)).isInstanceOf(Open.class);
    }

    @Test
    void anOpenOneLetsAProbePassWhenItsTimeHasCome() {
        Circuit open = opened();
        assertThat(POLICY.pause(open, now)).isEqualTo(FIRST);
        now += FIRST.toNanos() - 1;
        assertThat(POLICY.mayProbe(open, now)).isFalse();
        now += 1;
        assertThat(POLICY.mayProbe(open, now)).isTrue();
        assertThat(POLICY.pause(open, now)).isZero();
        Circuit probing = POLICY.probed(open);
        assertThat(POLICY.mayProbe(probing, now)).as("one probe at a time").isFalse();
        assertThat(POLICY.pause(probing, now)).isPositive();
    }

    @Test
    void aProbeThatSucceedsClosesIt() {
        assertThat(POLICY.succeeded(POLICY.probed(opened()))).isEqualTo(Circuit.FRESH);
    }

    @Test
    void eachProbeThatFailsDoublesTheTimeUpToTheLongest() {
        Circuit circuit = opened();
        for (long seconds : new long[]{10, 20, 30, 30}) {
            circuit = failed(POLICY.probed(circuit));
            assertThat(POLICY.pause(circuit, now)).isEqualTo(Duration.ofSeconds(seconds));
        }
        assertThat(POLICY.pause(failed(new Probing(Integer.MAX_VALUE - 1)), now)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatTheProviderAskedForIsWaitedFor() {
        Circuit circuit = POLICY.failed(new Closed(2), now, Duration.ofMinutes(2));
        assertThat(POLICY.pause(circuit, now)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whatComesInWhileItIsOpenChangesNothing() {
        Circuit open = opened();
        assertThat(POLICY.succeeded(open)).isEqualTo(open);
        assertThat(failed(open)).isEqualTo(open);
    }

    @Test
    void aProbeThatCameToNothingIsFollowedByAnother() {
        Circuit again = POLICY.unproven(POLICY.probed(opened()), now);
        assertThat(POLICY.mayProbe(again, now)).isTrue();
        assertThat(POLICY.unproven(Circuit.FRESH, now)).isEqualTo(Circuit.FRESH);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new CircuitPolicy(0, FIRST, FIRST)).hasMessageContaining("0");
        assertThatThrownBy(() -> new CircuitPolicy(1, Duration.ZERO, FIRST)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new CircuitPolicy(1, FIRST, FIRST.minusSeconds(1))).hasMessageContaining("PT4S");
    }

    private Circuit opened() {
        return failed(failed(failed(Circuit.FRESH)));
    }

    private Circuit failed(Circuit circuit) {
        return POLICY.failed(circuit, now, Duration.ZERO);
    }
}
