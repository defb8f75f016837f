package org.campaignrecovery.chaos.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.bson.Document;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.local.comparison.Receipts;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/**
 * A run at rest, read whole: every delivery of the ledger against what its address was handed, by the stand-ins' own records. Invariants 1
 * and 2, and what the others need to be counted.
 */
public final class Accounts {
    private static final Set<String> NOT_RECEIVED = Set.of("pending", "sending", "retry_wait", "failed", "suppressed", "cancelled");

    private final List<Document> deliveries;
    private final Map<String, Receipts> receipts;
    private final int resent;
    private int lost;
    private int duplicates;

    /** @param receipts by channel */
    Accounts(List<Document> deliveries, Map<String, Receipts> receipts) {
        this.deliveries = deliveries;
        this.receipts = receipts;
        this.resent = (int) deliveries.stream().filter(Accounts::marked).count();
    }

    public static Accounts read(MongoDatabase ledger, String run, Path smtpRecord, Path smsRecord) {
        List<Document> deliveries = ledger.getCollection("deliveries").find(Filters.eq("run", run))
                .projection(Projections.include("channel", "address", "state", "claim", "fence", "attempt", "batch", "resent", "reason"))
                .into(new ArrayList<>());
        try {
            Set<String> ids = deliveries.stream().map(delivery -> delivery.getString("_id")).collect(Collectors.toSet());
            return new Accounts(deliveries, Map.of("email", Receipts.mails(smtpRecord, run), "sms", Receipts.texts(smsRecord, ids)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what contradicts invariants 1 and 2. */
    public void compare(Violations violations) {
        Map<String, Map<String, Integer>> unknown = new HashMap<>();
        receipts.forEach((channel, received) -> unknown.put(channel, new HashMap<>(received.byAddress())));
        for (Document delivery : deliveries) {
            String address = delivery.getString("address");
            Integer found = unknown.get(delivery.getString("channel")).remove(address);
            int count = found == null ? 0 : found;
            String state = delivery.getString("state");
            if (count > 1 && !marked(delivery)) {
                duplicates++;
                violations.add(1, "%s received %d: %s", address, count, delivery.toJson());
            }
            if (count == 0 && state.equals("sent")) {
                lost++;
                violations.add(2, "%s is sent and received nothing: %s", address, delivery.toJson());
            }
            if (count > 0 && NOT_RECEIVED.contains(state) && !marked(delivery)) {
                violations.add(2, "%s is %s and received %d: %s", address, state, count, delivery.toJson());
            }
        }
        unknown.forEach((channel, addresses) -> addresses.forEach(
                (address, count) -> violations.add(2, "%s received %d by %s and is not in the ledger", address, count, channel)));
    }

    /** Who should have been planned and was not, or is left open, is lost too. */
    public void missing(int number) {
        lost += Math.max(0, number);
    }

    private static boolean marked(Document delivery) {
        return Boolean.TRUE.equals(delivery.getBoolean("resent"));
    }

    public int planned() {
        return deliveries.size();
    }

    public int planned(String channel) {
        return (int) deliveries.stream().filter(delivery -> channel.equals(delivery.getString("channel"))).count();
    }

    public int count(String state) {
        return (int) deliveries.stream().filter(delivery -> state.equals(delivery.getString("state"))).count();
    }

    public int count(String channel, String state) {
        return in(channel, state).size();
    }

    /** The deliveries of a channel in a state. */
    public List<Document> in(String channel, String state) {
        return deliveries.stream()
                .filter(delivery -> channel.equals(delivery.getString("channel")) && state.equals(delivery.getString("state"))).toList();
    }

    /** States of a batch's members, counted; by batch. */
    public Map<String, Map<String, Long>> byBatch() {
        return deliveries.stream().collect(Collectors.groupingBy(delivery -> delivery.getString("batch"),
                Collectors.groupingBy(delivery -> delivery.getString("state"), TreeMap::new, Collectors.counting())));
    }

    /** States counted, by channel. */
    public Map<String, Map<String, Long>> byChannel() {
        return deliveries.stream().collect(Collectors.groupingBy(delivery -> delivery.getString("channel"),
                Collectors.groupingBy(delivery -> delivery.getString("state"), TreeMap::new, Collectors.counting())));
    }

    /** What was claimed last, by delivery. */
    public Map<String, String> claims() {
        Map<String, String> claims = new HashMap<>();
        deliveries.forEach(delivery -> claims.put(delivery.getString("_id"), String.valueOf(delivery.getString("claim"))));
        return claims;
    }

    public int resent() {
        return resent;
    }

    public int lost() {
        return lost;
    }

    public int duplicates() {
        return duplicates;
    }
}
