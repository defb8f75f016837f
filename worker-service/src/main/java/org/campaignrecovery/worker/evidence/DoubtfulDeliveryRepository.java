package org.campaignrecovery.worker.evidence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.smallrye.mutiny.Uni;

/** The deliveries that are in doubt. */
@ApplicationScoped
class DoubtfulDeliveryRepository implements GuardedRepository<DeliveryDocument> {

    /** Those of these that are in doubt, whole: a message is found by its address and text, so one that is anonymised is not asked about. */
    Uni<List<DeliveryDocument>> among(Collection<String> members) {
        return mongoCollection().find(and(in("_id", members), eq("state", DeliveryState.IN_DOUBT.wire()), exists("anonymised", false)))
                .collect().asList();
    }
}
