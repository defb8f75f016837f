package org.campaignrecovery.worker.delivery;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.channel.Channel;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Reads which addresses are never sent to, whatever the campaign. */
@ApplicationScoped
public class SuppressionRepository implements GuardedRepository<SuppressionDocument> {

    /** Which of these normalised addresses are suppressed on the channel. */
    public Uni<Set<String>> among(Channel channel, Collection<String> addresses) {
        int prefix = SuppressionDocument.id(channel, "").length();
        return mongoCollection()
                .find(Filters.in("_id", addresses.stream().map(address -> SuppressionDocument.id(channel, address)).toList()),
                        new FindOptions().projection(Projections.include("_id")))
                .collect().in(HashSet<String>::new, (found, suppression) -> found.add(suppression.id().substring(prefix)))
                .map(found -> found);
    }
}
