package org.campaignrecovery.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class MisfirePolicyTest {
    private static final Instant DUE = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(6);

    @Test
    void aMomentLateIsOnTime() {
        assertThat(decide(DUE.minusSeconds(60), DUE)).isEqualTo(new Start.OnTime());
        assertThat(decide(DUE.minusSeconds(60), DUE.plusMillis(4_999))).isEqualTo(new Start.OnTime());
    }

    @Test
    void lateWithinTheWindowIsOverdue() {
        assertThat(decide(DUE.minusSeconds(60), DUE.plusSeconds(5))).isEqualTo(new Start.Overdue(Duration.ofSeconds(5)));
        assertThat(decide(DUE.minusSeconds(60), DUE.plus(WINDOW))).isEqualTo(new Start.Overdue(WINDOW));
    }

    @Test
    void laterThanTheWindowIsMissed() {
        assertThat(decide(DUE.minusSeconds(60), DUE.plus(WINDOW).plusMillis(1))).isEqualTo(new Start.Missed(WINDOW.plusMillis(1)));
        assertThat(decide(null, DUE.plus(WINDOW).plusMillis(1))).isEqualTo(new Start.Missed(WINDOW.plusMillis(1)));
    }

    @Test
    void aStartInThePastIsOverdueAndItsWindowCountsFromTheApproval() {
        Instant approved = DUE.plus(Duration.ofDays(30));
        assertThat(decide(approved, approved.plusMillis(10))).isEqualTo(new Start.Overdue(Duration.ofDays(30).plusMillis(10)));
        assertThat(decide(approved, approved.plus(WINDOW).plusMillis(1)))
                .isEqualTo(new Start.Missed(Duration.ofDays(30).plus(WINDOW).plusMillis(1)));
    }

    @Test
    void withoutAWindowOnlyWhatIsOnTimeBegins() {
        assertThat(MisfirePolicy.DEFAULT.decide(DUE, null, DUE.plusSeconds(4), Duration.ZERO)).isEqualTo(new Start.OnTime());
        assertThat(MisfirePolicy.DEFAULT.decide(DUE, null, DUE.plusSeconds(5), Duration.ZERO)).isInstanceOf(Start.Missed.class);
    }

    @Test
    void nobodyIsReachedEarly() {
        assertThatThrownBy(() -> decide(null, DUE.minusMillis(1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Start decide(Instant approvedAt, Instant now) {
        return MisfirePolicy.DEFAULT.decide(DUE, approvedAt, now, WINDOW);
    }
}
