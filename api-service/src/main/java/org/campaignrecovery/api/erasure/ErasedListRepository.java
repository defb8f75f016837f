package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.audience.SegmentDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.audience.SegmentRules;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The stored lists of customers, as far as places in them are given to nobody. Looks through all of them: an index would have an entry an id. */
@ApplicationScoped
public class ErasedListRepository implements GuardedRepository<SegmentDocument> {
    /** A part in which somebody else is erased between our look and our update is looked at again, so often. */
    private static final int LOOKS = 5;

    /** In how many parts of lists the customer was. */
    Uni<Long> erase(String customer) {
        return mongoCollection().find(eq("ids", customer), Document.class, new FindOptions().projection(include("_id")))
                .map(found -> found.getString("_id")).collect().asList()
                .chain(parts -> Multi.createFrom().iterable(parts).onItem()
                        .transformToUniAndConcatenate(part -> erase(part, customer, LOOKS)).collect().asList().map(List::size))
                .map(Integer::longValue);
    }

    private Uni<Boolean> erase(String part, String customer, int looks) {
        return byId(part).chain(seen -> won(SegmentRules.erase(part, seen.erasures(), seen.ids(), customer)))
                .chain(won -> won || looks == 1 ? Uni.createFrom().item(won) : erase(part, customer, looks - 1));
    }
}
