package org.campaignrecovery.chaos.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

import org.bson.Document;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.delivery.DeliveryState;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/**
 * Invariant 7, on some of the batches, member by member: states follow the design's table (between two looks several steps may lie), fences
 * and epochs only rise, and what could be claimed under an epoch was claimed by that epoch's owner.
 */
public final class StateWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int BATCHES = 8;

    private final Supplier<MongoDatabase> ledger;
    private final String run;
    private final Violations violations;
    private final Random random;
    private final Loop loop;
    private final Map<String, List<String>> members = new LinkedHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    /** The owner of an epoch of a batch, as {@code <batch>/<epoch>}. */
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, Seen> latest = new HashMap<>();
    private volatile int changes;

    private record Seen(DeliveryState state, long fence, String claim) {

        String claimant() {
            return claim.substring(0, claim.lastIndexOf(':'));
        }
    }

    public StateWatch(Supplier<MongoDatabase> ledger, String run, long seed, Violations violations) {
        this.ledger = ledger;
        this.run = run;
        this.violations = violations;
        this.random = new Random(seed);
        this.loop = new Loop("states", EVERY, this::look);
    }

    /** How many changes of members were judged. */
    public int changes() {
        return changes;
    }

    private void look() {
        for (Document batch : ledger.get().getCollection("batches").find(Filters.eq("run", run))
                .projection(Projections.include("epoch", "owner", "state")).into(new ArrayList<>())) {
            note(batch);
        }
        choose();
        for (var batch : members.entrySet()) {
            ledger.get().getCollection("deliveries").find(Filters.in("_id", batch.getValue()))
                    .projection(Projections.include("state", "fence", "claim")).into(new ArrayList<>())
                    .forEach(delivery -> judge(batch.getKey(), delivery));
        }
    }

    /** @param batch with epoch, owner and state */
    void note(Document batch) {
        String id = batch.getString("_id");
        long epoch = ((Number) batch.get("epoch")).longValue();
        Long before = epochs.put(id, epoch);
        if (before != null && epoch < before) {
            violations.add(7, "the epoch of batch=%s went from %d back to %d", id, before, epoch);
        }
        String owner = batch.getString("owner");
        if ("leased".equals(batch.getString("state")) && owner != null) {
            String other = owners.putIfAbsent(id + "/" + epoch, owner);
            if (other != null && !other.equals(owner)) {
                violations.add(7, "batch=%s epoch=%d has two owners: %s and %s", id, epoch, other, owner);
            }
        }
    }

    private void choose() {
        List<String> others = new ArrayList<>(epochs.keySet());
        others.removeAll(members.keySet());
        while (members.size() < BATCHES && !others.isEmpty()) {
            String chosen = others.remove(random.nextInt(others.size()));
            Document batch = ledger.get().getCollection("batches").find(Filters.eq("_id", chosen)).first();
            members.put(chosen, Objects.requireNonNull(batch).getList("members", String.class));
            return;
        }
    }

    /** @param delivery a member of the batch, with state, fence and claim */
    void judge(String batch, Document delivery) {
        String id = delivery.getString("_id");
        Seen now = new Seen(Wire.parse(DeliveryState.class, delivery.getString("state")), ((Number) delivery.get("fence")).longValue(),
                delivery.getString("claim"));
        Seen before = latest.put(id, now);
        if (before == null || before.equals(now)) {
            return;
        }
        changes++;
        if (now.fence < before.fence) {
            violations.add(7, "the fence of %s went from %d back to %d", id, before.fence, now.fence);
        }
        if (now.state != before.state && !reachable(before.state).contains(now.state)) {
            violations.add(7, "%s went from %s to %s", id, before.state, now.state);
        }
        boolean claimedSince = before.state == DeliveryState.PENDING && before.fence == now.fence && now.claim != null
                && !now.claim.equals(before.claim);
        String owner = owners.get(batch + "/" + now.fence);
        if (claimedSince && owner != null && !now.claimant().equals(owner)) {
            violations.add(7, "a stale claim: %s of batch=%s was pending under epoch=%d of %s and is %s with claim=%s", id, batch,
                    now.fence, owner, now.state, now.claim);
        }
    }

    private static Set<DeliveryState> reachable(DeliveryState from) {
        Set<DeliveryState> reached = new HashSet<>(from.successors());
        for (boolean grows = true; grows;) {
            Set<DeliveryState> more = new HashSet<>();
            reached.forEach(state -> more.addAll(state.successors()));
            grows = reached.addAll(more);
        }
        return reached;
    }

    @Override
    public void close() {
        loop.close();
    }
}
