package org.campaignrecovery.local.mongo;

import java.util.List;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;

/** How many documents an insert inserted: the server's own answer counts those too that were refused. */
final class InsertCount {

    private InsertCount() {
    }

    static void correct(Document insert, Document response) {
        if (response.get("writeErrors") instanceof List<?> errors && !errors.isEmpty()) {
            int requested = ((List<?>) insert.get("documents")).size();
            int firstError = (Integer) ((Document) errors.get(0)).get("index");
            response.put("n", Utils.isTrue(insert.get("ordered")) ? firstError : requested - errors.size());
        }
    }
}
