package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The deliveries, as far as they are anonymised. By their ids: there is no index of customers, which every planned message would pay for. */
@ApplicationScoped
public class ErasedDeliveryRepository implements GuardedRepository<DeliveryDocument> {

    /** Those of {@code ids} that are this customer's. */
    Uni<List<Trace>> of(String customer, Collection<String> ids) {
        return mongoCollection()
                .find(and(in("_id", ids), eq("customer", customer)), Document.class,
                        new FindOptions().projection(include("batch", "state", "address")))
                .map(found -> new Trace(found.getString("_id"), found.getString("batch"),
                        Wire.parse(DeliveryState.class, found.getString("state")), found.getString("address")))
                .collect().asList();
    }
}
