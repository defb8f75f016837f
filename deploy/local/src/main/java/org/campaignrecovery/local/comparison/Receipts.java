package org.campaignrecovery.local.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.campaignrecovery.local.record.NdjsonLog;

import com.fasterxml.jackson.databind.JsonNode;

/** How many messages of one run each address was handed, by the record file of the server that took them. */
public final class Receipts {
    private static final Pattern DELIVERY_ID = Pattern.compile("[A-Za-z0-9_-]{24}");

    private final Map<String, Integer> byAddress = new HashMap<>();

    private Receipts() {
    }

    /** The mails of {@code run}, by their header X-Campaign-Run. A missing file has none. */
    public static Receipts mails(Path record, String run) throws IOException {
        Receipts receipts = new Receipts();
        NdjsonLog.read(record, line -> {
            if (run.equals(line.path("run").asText())) {
                receipts.add(line.get("to").asText().trim().toLowerCase(Locale.ROOT));
            }
        });
        return receipts;
    }

    /**
     * The texts of a run: those whose status callback names one of {@code deliveries}, and those that asked for none, which cannot be told
     * apart.
     */
    public static Receipts texts(Path record, Set<String> deliveries) throws IOException {
        Receipts receipts = new Receipts();
        NdjsonLog.read(record, line -> {
            if (belongs(line, deliveries)) {
                receipts.add(line.get("to").asText());
            }
        });
        return receipts;
    }

    /** Messages to {@code address}, in its normal form. */
    public int of(String address) {
        return byAddress.getOrDefault(address, 0);
    }

    public Map<String, Integer> byAddress() {
        return Map.copyOf(byAddress);
    }

    private static boolean belongs(JsonNode line, Set<String> deliveries) {
        if (!line.hasNonNull("statusCallback")) {
            return true;
        }
        Matcher ids = DELIVERY_ID.matcher(line.get("statusCallback").asText());
        return ids.results().anyMatch(id -> deliveries.contains(id.group()));
    }

    private void add(String address) {
        byAddress.merge(address, 1, Integer::sum);
    }
}
