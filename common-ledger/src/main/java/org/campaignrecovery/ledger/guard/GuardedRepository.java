package org.campaignrecovery.ledger.guard;

import org.campaignrecovery.model.guard.GuardedUpdate;

import com.mongodb.client.model.Filters;
import com.mongodb.client.result.UpdateResult;

import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;

/** A collection of the ledger whose documents change only by guarded updates. */
public interface GuardedRepository<D> extends ReactivePanacheMongoRepositoryBase<D, String> {

    /**
     * The document with this id, or null. Panache's own {@code findById} looks for a session in the Vert.x context and fails on the
     * contexts on which timers and drivers call back.
     */
    default Uni<D> byId(String id) {
        return mongoCollection().find(Filters.eq("_id", id)).collect().first();
    }

    /** Carries out an update of one document. True: we won. False: the document was not as the guard wants it, which is no error. */
    default Uni<Boolean> won(GuardedUpdate update) {
        return mongoCollection().updateOne(Guards.filter(update), Guards.update(update)).map(result -> result.getModifiedCount() == 1);
    }

    /** Carries out an update of many documents, each under the guard by itself, and tells how many it modified. */
    default Uni<Long> modified(GuardedUpdate update) {
        return mongoCollection().updateMany(Guards.filter(update), Guards.update(update)).map(UpdateResult::getModifiedCount);
    }
}
