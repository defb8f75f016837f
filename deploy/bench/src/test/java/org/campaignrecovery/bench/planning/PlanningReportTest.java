package org.campaignrecovery.bench.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

class PlanningReportTest {
    private final PlanningReport report = new PlanningReport(100_000, 85_500, 20, 256, OptionalLong.of(300), OptionalLong.empty(),
            120_000_000, 380, OptionalDouble.of(0.126), true);

    @Test
    void theRateIsThatOfCustomers() {
        assertThat(report.line()).contains("\"customers\":100000", "\"planned\":85500", "\"perSecond\":5000", "\"viewSeconds\":0.13",
                "\"complete\":true");
        assertThat(report.table()).contains("100,000 customers, 85,500 planned", "0.12 GB on disk");
    }

    @Test
    void whatIsNotKnownIsNull() {
        assertThat(report.line()).contains("\"workerPeakRssMb\":300").contains("\"stackPeakRssMb\":null");
    }
}
