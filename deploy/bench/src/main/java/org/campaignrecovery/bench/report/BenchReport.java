package org.campaignrecovery.bench.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

import org.campaignrecovery.bench.baseline.Baseline;
import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.local.record.Json;

/**
 * What one size has come to.
 *
 * @param server that holds the ledger
 * @param coldPerSecond ours, of the first campaign after the start
 * @param rawPerSecond the mail client without a ledger
 * @param smtpSourcePerSecond null where it is not installed
 * @param baseline null where it could not run
 */
public record BenchReport(String server, double coldPerSecond, OurCampaign.Result ours, double rawPerSecond, Double smtpSourcePerSecond,
        Baseline.Result baseline) {

    /** Whether everybody received one message, by ours and by the baseline. */
    public boolean complete() {
        return ours.complete() && (baseline == null || baseline.sent() == baseline.planned());
    }

    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("server", server);
        fields.put("recipients", ours.planned());
        fields.put("rawPerSecond", Math.round(rawPerSecond));
        fields.put("smtpSourcePerSecond", smtpSourcePerSecond == null ? null : Math.round(smtpSourcePerSecond));
        fields.put("oursPerSecond", Math.round(ours.perSecond()));
        fields.put("oursColdPerSecond", Math.round(coldPerSecond));
        fields.put("baselinePerSecond", baseline == null ? null : Math.round(baseline.perSecond()));
        fields.put("ratioToRaw", ratio(ours.perSecond(), rawPerSecond));
        fields.put("ratioToBaseline", baseline == null ? null : ratio(ours.perSecond(), baseline.perSecond()));
        fields.put("firstMessageSeconds", ours.firstMessageSeconds());
        fields.put("workerPeakRssMb", number(ours.workerMb()));
        fields.put("apiPeakRssMb", number(ours.apiMb()));
        fields.put("baselinePeakRssMb", baseline == null ? null : baseline.workerMb());
        fields.put("ledgerBytesPerDelivery", ours.bytesPerDelivery());
        fields.put("ledgerCommandsPerDelivery", ours.commandsPerDelivery() == null ? null : rounded(ours.commandsPerDelivery()));
        fields.put("complete", complete());
        return Json.line(fields);
    }

    public String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%n%,d recipients, ledger: %s%n", ours.planned(), server));
        row(table, "mail client without a ledger", rawPerSecond, null, null);
        if (smtpSourcePerSecond != null) {
            row(table, "smtp-source", smtpSourcePerSecond, null, null);
        }
        row(table, "ours, due to completed", ours.perSecond(), ours.firstMessageSeconds(), number(ours.workerMb()));
        row(table, "ours, the first campaign", coldPerSecond, null, null);
        if (baseline != null) {
            row(table, "baseline (Agenda, nodemailer)", baseline.perSecond(), baseline.firstMessageSeconds(), baseline.workerMb());
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String what, double perSecond, Double first, Long memory) {
        table.append(String.format(Locale.ROOT, "  %-30s %,8.0f a second%s%s%n", what, perSecond,
                first == null ? "" : String.format(Locale.ROOT, "   first after %6.2f s", first),
                memory == null ? "" : String.format(Locale.ROOT, "   %,d MiB at most", memory)));
    }

    private static double ratio(double ours, double other) {
        return rounded(ours / other);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
