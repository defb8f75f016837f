package org.campaignrecovery.chaos.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.record.Json;

/**
 * What came of a round; {@link #line} is what is printed.
 *
 * @param faults how often each struck
 * @param crashPoints how often a process died there
 * @param planned messages of both channels, as {@code sent}, {@code duplicates}, {@code lost}
 * @param inDoubt before an operator ordered it to be sent again, or after, whatever is more
 * @param doubtBound how much doubt there may be at most
 * @param takeovers in seconds
 */
public record RoundReport(long seed, Map<String, Integer> faults, Map<String, Integer> crashPoints, int planned, int sent, int inDoubt,
        int doubtBound, int killed, int resent, int duplicates, int lost, List<Double> takeovers, Map<String, Integer> looks,
        double seconds,
        List<String> violations) {

    /** One line of JSON. */
    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", seed);
        fields.put("faults", faults);
        fields.put("crashPoints", crashPoints);
        fields.put("planned", planned);
        fields.put("sent", sent);
        fields.put("in_doubt", inDoubt);
        fields.put("doubtBound", doubtBound);
        fields.put("killed", killed);
        fields.put("doubtPerKilled", killed == 0 ? null : Double.valueOf(tenths((double) inDoubt / killed)));
        fields.put("resent", resent);
        fields.put("duplicates", duplicates);
        fields.put("lost", lost);
        fields.put("takeoverSeconds", takeovers.stream().max(Double::compare).map(RoundReport::tenths).orElse(null));
        fields.put("takeovers", takeovers.size());
        fields.put("looks", looks);
        fields.put("seconds", tenths(seconds));
        fields.put("violations", violations);
        return Json.line(fields);
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    public boolean clean() {
        return violations.isEmpty();
    }
}
