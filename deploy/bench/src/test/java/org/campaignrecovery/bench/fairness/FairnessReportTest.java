package org.campaignrecovery.bench.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class FairnessReportTest {

    private static FairnessReport report(long sentAfter, boolean over, double last, boolean complete) {
        return new FairnessReport(1_000_000, 2_000, sentAfter, over, List.of(3.2, last), complete);
    }

    @Test
    void fairIsWhoeverIsServedInTimeWhileTheLargeOneGoesOn() {
        assertThat(report(5_000, false, 10, true).fair()).isTrue();
        assertThat(report(5_000, false, 10.1, true).fair()).as("one waited too long").isFalse();
        assertThat(report(5_000, true, 10, true).fair()).as("the large one was over").isFalse();
        assertThat(report(2_000, false, 10, true).fair()).as("the large one stood still").isFalse();
        assertThat(report(5_000, false, 10, false).fair()).as("somebody was lost").isFalse();
    }

    @Test
    void oneLineSaysHowLongEachTook() {
        assertThat(report(5_000, false, 4, true).line()).contains("\"smallSeconds\":[3.2,4.0]").contains("\"fair\":true");
    }
}
