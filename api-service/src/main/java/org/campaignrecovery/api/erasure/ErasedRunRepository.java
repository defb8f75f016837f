package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.exclude;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The runs that may have something of a customer. */
@ApplicationScoped
public class ErasedRunRepository implements GuardedRepository<RunDocument> {
    private static final Bson WITHOUT_CONTENT = exclude("frozen.email", "frozen.sms", "order");

    Uni<List<RunDocument>> withPersonalData() {
        return mongoCollection().find(exists("allAnonymised", false), new FindOptions().projection(WITHOUT_CONTENT)).collect().asList();
    }
}
