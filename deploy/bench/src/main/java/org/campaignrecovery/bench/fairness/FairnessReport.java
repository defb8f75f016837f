package org.campaignrecovery.bench.fairness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.record.Json;

/**
 * How long small campaigns took beside a large one.
 *
 * @param recipients of the large one, about
 * @param sentBefore messages of the large one, before the first small one was due
 * @param sentAfter and when the last one was over
 * @param over whether the large one came to its end meanwhile: then nothing is shown
 * @param seconds of each small one, from due to completed
 * @param complete whether everybody in the small ones received one message
 */
record FairnessReport(int recipients, long sentBefore, long sentAfter, boolean over, List<Double> seconds, boolean complete) {
    private static final double LONGEST = 10;

    boolean fair() {
        return complete && !over && sentAfter > sentBefore && seconds.stream().allMatch(each -> each <= LONGEST);
    }

    String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recipients", recipients);
        fields.put("sentBefore", sentBefore);
        fields.put("sentAfter", sentAfter);
        fields.put("smallSeconds", seconds);
        fields.put("fair", fair());
        return Json.line(fields);
    }
}
