package org.campaignrecovery.bench.spread;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.local.record.Json;

/** What the campaign has come to with each number of workers, the smallest first. */
record SpreadReport(List<Row> rows) {
    /** By number of workers: how much faster than one of them they must be. */
    private static final Map<Integer, Double> LEAST = Map.of(1, 1.0, 2, 1.9, 4, 3.6);

    record Row(int workers, OurCampaign.Result campaign) {
    }

    /** Whether throughput grows as it must, and everybody received one message. */
    boolean spreads() {
        return rows.stream().allMatch(row -> row.campaign.complete() && growth(row) >= LEAST.get(row.workers));
    }

    double growth(Row row) {
        return Math.round(row.campaign.perSecond() / rows.get(0).campaign.perSecond() * 100) / 100.0;
    }

    String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recipients", rows.get(0).campaign.planned());
        fields.put("workers", rows.stream().map(Row::workers).toList());
        fields.put("perSecond", rows.stream().map(row -> Math.round(row.campaign.perSecond())).toList());
        fields.put("growth", rows.stream().map(this::growth).toList());
        fields.put("firstMessageSeconds", rows.stream().map(row -> row.campaign.firstMessageSeconds()).toList());
        fields.put("complete", rows.stream().allMatch(row -> row.campaign.complete()));
        return Json.line(fields);
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%n%,d recipients%n", rows.get(0).campaign.planned()));
        rows.forEach(row -> table.append(String.format(Locale.ROOT, "  %d workers %,8.0f a second, %5.2f times one%n", row.workers,
                row.campaign.perSecond(), growth(row))));
        return table.toString();
    }
}
