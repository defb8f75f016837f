package org.campaignrecovery.model.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class ProgressDeadlineTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final ProgressDeadline deadline = new ProgressDeadline(Duration.ofSeconds(30), 0);

    @Test
    void workThatGetsOnBeats() {
        deadline.progressed(20 * SECOND);
        assertThat(deadline.mayBeat(49 * SECOND)).isTrue();
    }

    @Test
    void workThatStandsStillDoesNotBeat() {
        assertThat(deadline.mayBeat(30 * SECOND - 1)).isTrue();
        assertThat(deadline.mayBeat(30 * SECOND)).isFalse();
    }

    @Test
    void workThatGetsOnAgainBeatsAgain() {
        assertThat(deadline.mayBeat(60 * SECOND)).isFalse();
        deadline.progressed(60 * SECOND);
        assertThat(deadline.mayBeat(61 * SECOND)).isTrue();
    }

    @Test
    void aLateReportOfEarlierProgressTakesNothingBack() {
        deadline.progressed(20 * SECOND);
        deadline.progressed(5 * SECOND);
        assertThat(deadline.mayBeat(49 * SECOND)).isTrue();
    }
}
