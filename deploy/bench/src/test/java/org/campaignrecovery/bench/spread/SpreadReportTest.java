package org.campaignrecovery.bench.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;

import org.campaignrecovery.bench.ours.OurCampaign;
import org.junit.jupiter.api.Test;

class SpreadReportTest {

    private static SpreadReport.Row row(int workers, double seconds, boolean complete) {
        return new SpreadReport.Row(workers,
                new OurCampaign.Result(6_000, seconds, 0.5, OptionalLong.empty(), OptionalLong.empty(), 400, null, complete));
    }

    private static SpreadReport report(double two, double four, boolean complete) {
        return new SpreadReport(List.of(row(1, 60, true), row(2, two, true), row(4, four, complete)));
    }

    @Test
    void spreadsFromWhatIsAskedFor() {
        assertThat(report(60 / 1.9, 60 / 3.6, true).spreads()).isTrue();
        assertThat(report(60 / 1.88, 60 / 3.6, true).spreads()).as("two are too slow").isFalse();
        assertThat(report(60 / 1.9, 60 / 3.58, true).spreads()).as("four are too slow").isFalse();
        assertThat(report(30, 15, false).spreads()).as("somebody was lost").isFalse();
    }

    @Test
    void oneLineSaysHowItGrows() {
        assertThat(report(30, 16, true).line()).contains("\"perSecond\":[100,200,375]").contains("\"growth\":[1.0,2.0,3.75]")
                .contains("\"complete\":true");
    }
}
