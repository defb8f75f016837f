package org.campaignrecovery.worker.trace;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.worker.sending.ProviderAnswer;

import io.smallrye.mutiny.Uni;

/**
 * Traces the first groups of each batch, whose steps it knows by the ids of their messages. Of all other groups, and of all when nothing is
 * traced, every step is given back as it came, after a look into a map that is empty then.
 */
@ApplicationScoped
public class GroupTraces {
    private final int ofEachBatch;
    private final Map<String, GroupTrace> underWay = new ConcurrentHashMap<>();

    GroupTraces(GroupTracingConfig config) {
        this.ofEachBatch = config.groups();
    }

    /**
     * The whole way of a group.
     *
     * @param batch where the batch was taken
     * @param number which one it is of those that are begun together, from 0
     */
    public Uni<Void> group(Branch batch, int number, List<DeliveryDocument> members, Uni<Void> way) {
        if (batch == Branch.NONE || number >= ofEachBatch) {
            return way;
        }
        return Uni.createFrom().deferred(() -> {
            GroupTrace trace = new GroupTrace(batch, members.size());
            members.forEach(member -> underWay.put(member.id(), trace));
            return way.onTermination().invoke(() -> {
                trace.end();
                members.forEach(member -> underWay.remove(member.id(), trace));
            });
        });
    }

    /** The claim of a group. */
    public <T> Uni<T> claiming(Collection<String> group, Uni<T> claim) {
        GroupTrace trace = of(group);
        return trace == null ? claim : trace.claiming(group.size(), claim);
    }

    /** One message's way to its provider. */
    public Uni<ProviderAnswer> sending(DeliveryDocument delivery, Uni<ProviderAnswer> attempt) {
        GroupTrace trace = underWay.isEmpty() ? null : underWay.get(delivery.id());
        return trace == null ? attempt : trace.sending(delivery, attempt);
    }

    /** The record of what became of a group. */
    public <T> Uni<T> recording(Collection<String> group, Uni<T> record) {
        GroupTrace trace = of(group);
        return trace == null ? record : trace.place().around(Step.inside("record").messages(group.size()), record);
    }

    private GroupTrace of(Collection<String> group) {
        return underWay.isEmpty() ? null : underWay.get(group.iterator().next());
    }
}
