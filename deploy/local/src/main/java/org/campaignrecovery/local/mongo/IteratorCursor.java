package org.campaignrecovery.local.mongo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;

/** What is left of an answer, computed as the client asks for it. */
final class IteratorCursor extends AbstractCursor {

    /** MongoDB's own bound of a batch; a client refuses three times as much. */
    private static final int BATCH_BYTES = 16 * 1024 * 1024;

    private final Iterator<Document> remaining;

    IteratorCursor(long id, Iterator<Document> remaining) {
        super(id);
        this.remaining = remaining;
    }

    @Override
    public synchronized boolean isEmpty() {
        return !remaining.hasNext();
    }

    @Override
    public synchronized List<Document> takeDocuments(int numberToReturn) {
        List<Document> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < numberToReturn && bytes < BATCH_BYTES && remaining.hasNext()) {
            Document document = remaining.next();
            batch.add(document);
            bytes += Bson.encode(document).length;
        }
        return batch;
    }
}
