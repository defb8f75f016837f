package org.campaignrecovery.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

import org.campaignrecovery.bench.baseline.Baseline;
import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class BenchReportTest {
    private static final OurCampaign.Result OURS = new OurCampaign.Result(10_000, 12.5, 0.9, OptionalLong.of(300), OptionalLong.of(250),
            1_200, 0.254, true);
    private static final Baseline.Result BASELINE = new Baseline.Result(10_000, 10_000, 50, 3, 120);

    @Test
    void ratesAndRatiosAreOfTheSameRun() {
        JsonNode line = Json.parse(new BenchReport("embedded", 300, OURS, 1_600, null, BASELINE).line());
        assertThat(line.get("oursPerSecond").asInt()).isEqualTo(800);
        assertThat(line.get("oursColdPerSecond").asInt()).isEqualTo(300);
        assertThat(line.get("ratioToRaw").asDouble()).isEqualTo(0.5);
        assertThat(line.get("baselinePerSecond").asInt()).isEqualTo(200);
        assertThat(line.get("ratioToBaseline").asDouble()).isEqualTo(4);
        assertThat(line.get("smtpSourcePerSecond").isNull()).as("it is not installed").isTrue();
        assertThat(line.get("ledgerCommandsPerDelivery").asDouble()).isEqualTo(0.25);
        assertThat(line.get("complete").asBoolean()).isTrue();
    }

    @Test
    void whatCouldNotRunIsLeftOut() {
        BenchReport report = new BenchReport("embedded", 300, OURS, 1_600, null, null);
        assertThat(Json.parse(report.line()).get("ratioToBaseline").isNull()).isTrue();
        assertThat(report.table()).contains("10,000 recipients", "800 a second").doesNotContain("baseline");
    }

    /** As a user who may not ask, or a server that does not count. */
    @Test
    void commandsThatNobodyCountedAreNotMadeUp() {
        OurCampaign.Result uncounted = new OurCampaign.Result(10_000, 12.5, 0.9, OptionalLong.empty(), OptionalLong.empty(), 1_200, null,
                true);
        JsonNode line = Json.parse(new BenchReport("mongod 8.0", 300, uncounted, 1_600, null, null).line());
        assertThat(line.get("ledgerCommandsPerDelivery").isNull()).isTrue();
    }

    /** A baseline that loses somebody is no yardstick. */
    @Test
    void whoeverIsLostIsSaid() {
        assertThat(new BenchReport("embedded", 300, OURS, 1_600, null, new Baseline.Result(10_000, 9_999, 50, 3, 120)).complete())
                .isFalse();
    }
}
