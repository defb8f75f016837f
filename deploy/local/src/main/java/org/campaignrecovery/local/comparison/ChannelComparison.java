package org.campaignrecovery.local.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One channel of one run, seen from both sides.
 *
 * @param states deliveries by state
 * @param received addresses that got at least one message
 * @param receivedTwice addresses that got more than one
 * @param doubtfulReceived addresses in doubt that did get their message
 * @param disagreements a sentence for each address where ledger and receiver contradict each other
 */
public record ChannelComparison(Map<String, Integer> states, int received, int receivedTwice, int doubtfulReceived,
        List<String> disagreements) {
    private static final String SENT = "sent";
    private static final String IN_DOUBT = "in_doubt";

    /**
     * {@code sent} must have been received, {@code in_doubt} may have been, anything else must not; nobody may have received two.
     *
     * @param ledger state by address
     */
    static ChannelComparison of(Map<String, String> ledger, Receipts receipts) {
        Map<String, Integer> states = new TreeMap<>();
        List<String> disagreements = new ArrayList<>();
        int doubtfulReceived = 0;
        for (var delivery : ledger.entrySet()) {
            String state = delivery.getValue();
            int count = receipts.of(delivery.getKey());
            states.merge(state, 1, Integer::sum);
            doubtfulReceived += state.equals(IN_DOUBT) && count > 0 ? 1 : 0;
            boolean agrees = switch (state) {
                case SENT -> count == 1;
                case IN_DOUBT -> count <= 1;
                default -> count == 0;
            };
            if (!agrees) {
                disagreements.add(delivery.getKey() + " is " + state + " in the ledger and received " + count);
            }
        }
        Map<String, Integer> unknown = new HashMap<>(receipts.byAddress());
        unknown.keySet().removeAll(ledger.keySet());
        unknown.forEach((address, count) -> disagreements.add(address + " is not in the ledger and received " + count));
        int twice = (int) receipts.byAddress().values().stream().filter(count -> count > 1).count();
        return new ChannelComparison(states, receipts.byAddress().size(), twice, doubtfulReceived, List.copyOf(disagreements));
    }

    public int planned() {
        return states.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int sent() {
        return count(SENT);
    }

    public int inDoubt() {
        return count(IN_DOUBT);
    }

    public int failed() {
        return count("failed");
    }

    /** Deliveries in {@code state}, by its name in the ledger. */
    public int count(String state) {
        return states.getOrDefault(state, 0);
    }
}
