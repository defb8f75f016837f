package org.campaignrecovery.bench.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.campaignrecovery.bench.rates.RateCase.Limit;
import org.campaignrecovery.bench.rates.RateCase.Work;
import org.junit.jupiter.api.Test;

class RatesReportTest {
    private static final long SECOND = 1_000_000;

    private static RatesReport.Row row(double perSecond, int seconds, Work work, int senders, boolean complete) {
        Arrivals arrivals = new Arrivals(LongStream.rangeClosed(0, (long) (seconds * perSecond)).map(n -> (long) (n * SECOND / perSecond))
                .toArray());
        return new RatesReport.Row(new RateCase(Limit.CAMPAIGN, 50, 4, work, 1_500), arrivals, senders, complete);
    }

    private static RatesReport.Row row(double perSecond) {
        return row(perSecond, 25, Work.ALL, 4, true);
    }

    @Test
    void exactIsWhatIsKeptAndUsedWithinFivePercent() {
        assertThat(row(50).exact()).isTrue();
        assertThat(row(47.6).exact()).isTrue();
        assertThat(row(52.4).exact()).isTrue();
        assertThat(row(47.4).exact()).as("not used").isFalse();
        assertThat(row(52.6).exact()).as("not kept").isFalse();
    }

    @Test
    void nothingIsShownWithoutTenSecondsOrByOtherWorkersThanWereMeant() {
        assertThat(row(50, 9, Work.ALL, 4, true).exact()).as("too short").isFalse();
        assertThat(row(50, 25, Work.ALL, 1, true).exact()).as("three of four had no work").isFalse();
        assertThat(row(50, 25, Work.ALL, 3, true).exact()).isTrue();
        assertThat(row(50, 25, Work.DEATH, 4, true).exact()).isTrue();
        assertThat(row(50, 25, Work.ONE, 1, true).exact()).isTrue();
        assertThat(row(50, 25, Work.ONE, 2, true).exact()).as("two had work").isFalse();
        assertThat(row(50, 25, Work.ALL, 4, false).exact()).as("somebody was lost").isFalse();
    }

    /** So many at another pace, and then 50 a second. */
    private static boolean exactAfter(int seconds, int perSecond) {
        Arrivals arrivals = new Arrivals(LongStream.concat(LongStream.range(0, (long) seconds * perSecond).map(n -> n * SECOND / perSecond),
                LongStream.range(0, 1_000).map(n -> seconds * SECOND + n * SECOND / 50)).toArray());
        return new RatesReport.Row(new RateCase(Limit.PROVIDER, 50, 1, Work.ALL, 1_500), arrivals, 1, true).exact();
    }

    @Test
    void theFirstSecondsCountAsAllOthers() {
        assertThat(exactAfter(5, 50)).isTrue();
        assertThat(exactAfter(5, 20)).as("not used").isFalse();
        assertThat(exactAfter(5, 60)).as("not kept").isFalse();
    }

    @Test
    void whatIsTooShortHasNoRatio() {
        assertThat(row(50, 9, Work.ALL, 4, true).least()).isEqualTo(-1);
    }

    @Test
    void oneCaseThatIsNotExactIsEnough() {
        assertThat(new RatesReport(List.of(row(50), row(50))).exact()).isTrue();
        assertThat(new RatesReport(List.of(row(50), row(46))).exact()).isFalse();
    }

    @Test
    void aLineForEachCaseSaysByHowMuch() {
        RatesReport report = new RatesReport(List.of(row(50), row(46)));
        assertThat(report.lines()).hasSize(2);
        assertThat(report.lines().get(0)).contains("\"rate\":\"campaign\"", "\"work\":\"all\"", "\"least\":1.0", "\"most\":1.0",
                "\"exact\":true");
        assertThat(report.lines().get(1)).contains("\"exact\":false");
        assertThat(report.table()).contains("campaign 50/s, 4 workers, all have work", "NOT EXACT");
    }
}
