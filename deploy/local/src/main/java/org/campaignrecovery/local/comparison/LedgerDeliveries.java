package org.campaignrecovery.local.comparison;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.bson.Document;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/** What the ledger says about one run: the state of every address, by channel ({@code email}, {@code sms}). */
public final class LedgerDeliveries {
    private final Map<String, Map<String, String>> states = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    private LedgerDeliveries() {
    }

    /** @param campaigns the campaign database */
    public static LedgerDeliveries read(MongoDatabase campaigns, String run) {
        LedgerDeliveries deliveries = new LedgerDeliveries();
        for (Document delivery : campaigns.getCollection("deliveries").find(Filters.eq("run", run))
                .projection(Projections.include("channel", "address", "state"))) {
            deliveries.ids.add(delivery.getString("_id"));
            deliveries.states.computeIfAbsent(delivery.getString("channel"), channel -> new HashMap<>())
                    .put(delivery.getString("address"), delivery.getString("state"));
        }
        return deliveries;
    }

    /** State by address; empty for a channel that the run does not use. */
    public Map<String, String> of(String channel) {
        return states.getOrDefault(channel, Map.of());
    }

    public Set<String> ids() {
        return ids;
    }
}
