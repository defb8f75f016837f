package org.campaignrecovery.api.deadletter;

import static com.mongodb.client.model.Filters.in;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;

import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Whether there is what events speak of. */
@ApplicationScoped
class SubjectRepository implements GuardedRepository<BatchDocument> {

    /** Those of these runs, or batches, that are there. */
    Uni<Set<String>> among(DeadLetterTopic topic, Collection<String> ids) {
        String collection = topic == DeadLetterTopic.DUE ? RunDocument.COLLECTION : BatchDocument.COLLECTION;
        return mongoDatabase().getCollection(collection).find(in("_id", ids), new FindOptions().projection(Projections.include("_id")))
                .map((Document found) -> found.getString("_id")).collect().in(HashSet<String>::new, Set::add).map(found -> found);
    }
}
