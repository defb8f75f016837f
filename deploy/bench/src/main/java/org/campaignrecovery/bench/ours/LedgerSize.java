package org.campaignrecovery.bench.ours;

import java.util.List;

import org.bson.RawBsonDocument;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;

/** What a run takes up in the ledger. */
final class LedgerSize {
    private static final List<String> COLLECTIONS = List.of("pages", "batches", "deliveries");

    private LedgerSize() {
    }

    /** BSON bytes of the run's documents, indexes and the server's own overhead aside. */
    static long of(MongoDatabase ledger, String run) {
        long bytes = 0;
        for (String collection : COLLECTIONS) {
            for (RawBsonDocument document : ledger.getCollection(collection, RawBsonDocument.class).find(Filters.eq("run", run))) {
                bytes += document.getByteBuffer().remaining();
            }
        }
        return bytes;
    }
}
