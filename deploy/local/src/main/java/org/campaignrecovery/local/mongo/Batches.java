package org.campaignrecovery.local.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;

/** How many documents an answer holds when the client does not say; the library would send all of them in one. */
final class Batches {

    /** MongoDB's own number for the first batch. */
    static final int FIRST = 101;
    private static final int LATER = 2_000;

    private Batches() {
    }

    static void limit(String command, Document query) {
        if (command.equals("find") && !Utils.isTrue(query.get("singleBatch"))) {
            query.put("batchSize", size(query.get("batchSize"), FIRST));
        } else if (command.equals("getMore")) {
            query.put("batchSize", size(query.get("batchSize"), LATER));
        }
    }

    static int size(Object requested, int otherwise) {
        return requested instanceof Number && ((Number) requested).intValue() > 0 ? ((Number) requested).intValue() : otherwise;
    }
}
