package org.campaignrecovery.bench.rates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.campaignrecovery.local.record.Json;

/** What each case has come to. */
record RatesReport(List<Row> rows) {
    private static final int WINDOW_SECONDS = 10;
    private static final double LEAST = 0.95;
    private static final double MOST = 1.05;

    /**
     * @param senders workers that sent some of it
     * @param complete everybody received one message, those aside whom a killed worker left in doubt
     */
    record Row(RateCase rated, Arrivals arrivals, int senders, boolean complete) {

        /** By the rate, the fewest messages of any ten seconds; -1 when it did not last so long. */
        double least() {
            return ratio(arrivals.least(WINDOW_SECONDS));
        }

        double most() {
            return ratio(arrivals.most(WINDOW_SECONDS));
        }

        private double ratio(int messages) {
            return messages < 0 ? -1 : Math.round(1e3 * messages / (rated.perSecond() * WINDOW_SECONDS)) / 1e3;
        }

        boolean exact() {
            return complete && rated.sentAsMeant(senders) && least() >= LEAST && most() <= MOST;
        }

        String line() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("rate", rated.limit().name().toLowerCase(Locale.ROOT));
            fields.put("perSecond", rated.perSecond());
            fields.put("workers", rated.workers());
            fields.put("work", rated.work().name().toLowerCase(Locale.ROOT));
            fields.put("senders", senders);
            fields.put("messages", arrivals.messages());
            fields.put("seconds", arrivals.seconds());
            fields.put("least", least());
            fields.put("most", most());
            fields.put("complete", complete);
            fields.put("exact", exact());
            return Json.line(fields);
        }
    }

    /** Whether every case kept its rate and used it, over any ten seconds. */
    boolean exact() {
        return rows.stream().allMatch(Row::exact);
    }

    List<String> lines() {
        return rows.stream().map(Row::line).toList();
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%nmessages of any %d s, by the rate%n", WINDOW_SECONDS));
        rows.forEach(
                row -> table.append(String.format(Locale.ROOT, "  %-48s %5.3f to %5.3f  %s%n", row.rated.name(), row.least(), row.most(),
                        row.exact() ? "exact" : "NOT EXACT")));
        return table.toString();
    }
}
