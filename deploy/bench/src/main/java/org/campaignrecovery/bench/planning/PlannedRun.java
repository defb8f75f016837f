package org.campaignrecovery.bench.planning;

import java.util.function.Consumer;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.campaignrecovery.bench.planning.orders.MadeUpCustomers.Reach;

import com.mongodb.client.MongoDatabase;

/**
 * What the ledger says about the only run in it.
 *
 * @param reach as pages and batches tell it
 * @param deliveries documents
 * @param bytes BSON of pages, batches and deliveries, of these by a sample; indexes and the server's own overhead aside
 */
record PlannedRun(Reach reach, long deliveries, long bytes) {
    private static final int SAMPLE = 20_000;
    private static final String EMAIL = "email";

    /** Reads no more at a time than a query's batch. */
    static PlannedRun read(MongoDatabase ledger) {
        Sums sums = new Sums();
        each(ledger, "pages", 0, sums::page);
        each(ledger, "batches", 0, sums::batch);
        long deliveries = ledger.getCollection("deliveries").estimatedDocumentCount();
        long[] sampled = {0, 0};
        each(ledger, "deliveries", SAMPLE, delivery -> {
            sampled[0]++;
            sampled[1] += size(delivery);
        });
        return new PlannedRun(new Reach(sums.pending, sums.noAddress, sums.invalidAddress, sums.duplicateAddress), deliveries,
                sums.bytes + Math.round((double) sampled[1] / sampled[0] * deliveries));
    }

    long bytesPerDelivery() {
        return Math.round((double) bytes / deliveries);
    }

    /** @param limit 0 for none */
    private static void each(MongoDatabase ledger, String collection, int limit, Consumer<RawBsonDocument> reading) {
        ledger.getCollection(collection, RawBsonDocument.class).find().limit(limit).forEach(reading);
    }

    private static long size(RawBsonDocument document) {
        return document.getByteBuffer().remaining();
    }

    /** What pages and batches add up to. */
    private static final class Sums {
        private long bytes;
        private int pending;
        private int noAddress;
        private int invalidAddress;
        private int duplicateAddress;

        void page(RawBsonDocument page) {
            bytes += size(page);
            BsonDocument skipped = page.getDocument("skipped", new BsonDocument()).getDocument(EMAIL, new BsonDocument());
            noAddress += number(skipped, "noAddress");
            invalidAddress += number(skipped, "invalidAddress");
            duplicateAddress += number(skipped, "duplicateAddress");
        }

        void batch(RawBsonDocument batch) {
            bytes += size(batch);
            pending += number(batch.getDocument("counts"), "pending");
        }

        private static int number(BsonDocument document, String field) {
            return document.containsKey(field) ? document.getNumber(field).intValue() : 0;
        }
    }
}
