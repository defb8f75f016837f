package org.campaignrecovery.local.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.comparison.ChannelComparison;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.record.Json;

/**
 * What a demo came to.
 *
 * @param findings what is wrong beside the comparison
 */
record DemoResult(LedgerComparison comparison, List<String> findings, Optional<Duration> takeover, Duration total) {
    private static final int SHOWN_DISAGREEMENTS = 20;
    private static final double MILLIS = 1_000;

    boolean agrees() {
        return complaints().isEmpty() && comparison.email().receivedTwice() == 0 && comparison.sms().receivedTwice() == 0;
    }

    /** A table for people; the last line is for programs. */
    void print(PrintStream out) {
        out.printf("%n  %-38s %10s %10s%n", "", "e-mail", "SMS");
        row(out, "planned (every address once)", comparison.email().planned(), comparison.sms().planned());
        row(out, "sent, by the ledger", comparison.email().sent(), comparison.sms().sent());
        row(out, "in doubt: claimed by the killed worker", comparison.email().inDoubt(), comparison.sms().inDoubt());
        row(out, "  of these, received after all", comparison.email().doubtfulReceived(), comparison.sms().doubtfulReceived());
        row(out, "failed", comparison.email().failed(), comparison.sms().failed());
        row(out, "received, by the servers' records", comparison.email().received(), comparison.sms().received());
        row(out, "received twice", comparison.email().receivedTwice(), comparison.sms().receivedTwice());
        row(out, "ledger and record disagree", comparison.email().disagreements().size(), comparison.sms().disagreements().size());
        out.printf("%n  The killed worker's work went on after %s; the demo took %.1f s.%n",
                takeover.map(time -> String.format("%.1f s", seconds(time))).orElse("an unknown time"), seconds(total));
        complaints().stream().limit(SHOWN_DISAGREEMENTS).forEach(complaint -> out.println("  WRONG: " + complaint));
        out.println(agrees() ? "  Nobody received two, and ledger and servers agree on every address.\n" : "  This must not be.\n");
        out.println(json());
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("email", channel(comparison.email()));
        fields.put("sms", channel(comparison.sms()));
        fields.put("takeoverSeconds", takeover.map(DemoResult::tenths).orElse(null));
        fields.put("seconds", tenths(total));
        return Json.line(fields);
    }

    private List<String> complaints() {
        List<String> all = new ArrayList<>(findings);
        all.addAll(comparison.disagreements());
        return all;
    }

    private static Map<String, Integer> channel(ChannelComparison channel) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put("planned", channel.planned());
        fields.put("sent", channel.sent());
        fields.put("in_doubt", channel.inDoubt());
        fields.put("failed", channel.failed());
        fields.put("received", channel.received());
        fields.put("receivedTwice", channel.receivedTwice());
        return fields;
    }

    private static void row(PrintStream out, String title, int email, int sms) {
        out.printf("  %-38s %,10d %,10d%n", title, email, sms);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    private static double tenths(Duration duration) {
        return Math.round(duration.toMillis() / 100.0) / 10.0;
    }
}
