package org.campaignrecovery.worker.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.worker.batch.BatchHold;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.Senders;

import io.smallrye.mutiny.Uni;

/**
 * What can be done about a group before anything of it is claimed: its messages are rendered, and it is asked who of them is suppressed.
 * Whoever cannot be rendered has failed, whoever is suppressed stays so; both are taken out of the group.
 */
@ApplicationScoped
class Preparation {
    private static final long SUPPRESSIONS_HOLD_NANOS = Duration.ofSeconds(1).toNanos();

    private final DeliveryRepository deliveries;
    private final SuppressionRepository suppressions;
    private final Senders senders;
    private final DeliveryMeters meters;
    private final LedgerClock clock;

    Preparation(DeliveryRepository deliveries, SuppressionRepository suppressions, Senders senders, DeliveryMeters meters,
            LedgerClock clock) {
        this.deliveries = deliveries;
        this.suppressions = suppressions;
        this.senders = senders;
        this.meters = meters;
        this.clock = clock;
    }

    Uni<PreparedGroup> prepare(BatchHold hold, RunContent run, List<DeliveryDocument> members) {
        Map<String, PreparedGroup.Member> rendered = new LinkedHashMap<>();
        Map<String, List<String>> unrenderable = new LinkedHashMap<>();
        MessageSender sender = senders.of(hold.channel());
        for (DeliveryDocument member : members) {
            try {
                rendered.put(member.id(), new PreparedGroup.Member(member, sender.prepare(run, member)));
            } catch (RuntimeException e) {
                unrenderable.computeIfAbsent("cannot be rendered: " + e.getMessage(), reason -> new ArrayList<>()).add(member.id());
            }
        }
        return discardAll(hold, unrenderable).chain(() -> withoutSuppressed(hold, rendered));
    }

    /** Asks again who is suppressed when the answer is older than a second. */
    Uni<PreparedGroup> refreshed(BatchHold hold, PreparedGroup group) {
        return System.nanoTime() - group.askedNanos() < SUPPRESSIONS_HOLD_NANOS
                ? Uni.createFrom().item(group)
                : withoutSuppressed(hold, group.members());
    }

    private Uni<PreparedGroup> withoutSuppressed(BatchHold hold, Map<String, PreparedGroup.Member> members) {
        long asked = System.nanoTime();
        if (members.isEmpty()) {
            return Uni.createFrom().item(new PreparedGroup(members, asked));
        }
        List<String> addresses = members.values().stream().map(member -> member.delivery().address()).toList();
        return suppressions.among(hold.channel(), addresses).chain(suppressed -> suppressed.isEmpty()
                ? Uni.createFrom().item(new PreparedGroup(members, asked))
                : without(suppressed, hold, members).map(left -> new PreparedGroup(left, asked)));
    }

    private Uni<Map<String, PreparedGroup.Member>> without(Set<String> suppressed, BatchHold hold,
            Map<String, PreparedGroup.Member> members) {
        Map<String, PreparedGroup.Member> left = new LinkedHashMap<>(members);
        left.values().removeIf(member -> suppressed.contains(member.delivery().address()));
        List<String> gone = members.keySet().stream().filter(id -> !left.containsKey(id)).toList();
        return discard(hold, gone, Released.suppressed("on the suppression list")).replaceWith(left);
    }

    private Uni<Void> discardAll(BatchHold hold, Map<String, List<String>> byReason) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var entry : byReason.entrySet()) {
            done = done.chain(() -> discard(hold, entry.getValue(), Released.failed(entry.getKey())));
        }
        return done;
    }

    private Uni<Void> discard(BatchHold hold, Collection<String> ids, Released to) {
        return deliveries.modified(DeliveryRules.discard(hold.id(), ids, hold.epoch(), to, clock.now()))
                .invoke(discarded -> meters.moved(hold.channel(), to.state(), discarded))
                .invoke(() -> hold.moved(ids, to.state())).replaceWithVoid();
    }
}
