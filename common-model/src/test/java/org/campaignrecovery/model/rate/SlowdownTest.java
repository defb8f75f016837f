package org.campaignrecovery.model.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;

import org.junit.jupiter.api.Test;

class SlowdownTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aRefusalHalvesTheRate() {
        Slowdown once = Slowdown.after(null, NOW);
        assertThat(once.at(NOW)).isEqualTo(0.5);
        assertThat(Slowdown.after(once, NOW.plusSeconds(3)).at(NOW.plusSeconds(3))).isEqualTo(0.2625, within(1e-9));
    }

    @Test
    void refusalsOfOneBurstCountOnce() {
        Slowdown once = Slowdown.after(null, NOW);
        assertThat(Slowdown.after(once, NOW.plusMillis(1_999))).isSameAs(once);
        assertThat(Slowdown.after(once, NOW.minusSeconds(1))).as("by a clock that is behind").isSameAs(once);
    }

    @Test
    void itRecoversWithTime() {
        Slowdown once = Slowdown.after(null, NOW);
        assertThat(once.at(NOW.plusSeconds(30))).isEqualTo(0.75);
        assertThat(once.at(NOW.plusSeconds(60))).isEqualTo(1);
        assertThat(once.at(NOW.plusSeconds(600))).isEqualTo(1);
        assertThat(once.at(NOW.minusSeconds(1))).as("by a clock that is behind").isEqualTo(0.5);
    }

    @Test
    void somethingIsAlwaysLeft() {
        Slowdown slow = null;
        Instant now = NOW;
        for (int refusal = 0; refusal < 20; refusal++) {
            now = now.plusSeconds(2);
            slow = Slowdown.after(slow, now);
        }
        assertThat(slow.at(now)).isEqualTo(Slowdown.LEAST);
    }
}
