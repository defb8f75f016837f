package org.campaignrecovery.local.mongo;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Predicate;

import org.h2.mvstore.Cursor;

import de.bwaldvogel.mongo.bson.Document;

/**
 * The documents of a {@link Scan} that match, read in portions as they are asked for. A portion is of one instant; the next
 * continues after the last key, so nothing is held in between and no memory grows with the collection.
 */
final class Walk implements Iterator<Document> {

    private static final int FIRST_PORTION = 16;
    private static final int LARGEST_PORTION = 256;

    private final Documents documents;
    private final Scan scan;
    private final Predicate<Document> matches;
    private final Queue<Document> portion = new ArrayDeque<>();
    private int portionSize = FIRST_PORTION;
    private Object[] lastKey;
    private boolean ended;

    Walk(Documents documents, Scan scan, Predicate<Document> matches) {
        this.documents = documents;
        this.scan = scan;
        this.matches = matches;
    }

    @Override
    public boolean hasNext() {
        if (portion.isEmpty() && !ended) {
            ended = documents.read(scan.index(), this::fill);
            portionSize = Math.min(LARGEST_PORTION, 2 * portionSize);
        }
        return !portion.isEmpty();
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return portion.remove();
    }

    /** @return whether the walk has come to its end */
    private boolean fill(Documents.View view) {
        Cursor<Object[], byte[]> cursor = scan.cursor(view, lastKey);
        while (portion.size() < portionSize) {
            if (!cursor.hasNext()) {
                return true;
            }
            Object[] key = cursor.next();
            if (lastKey != null && KeyType.INSTANCE.compare(key, lastKey) == 0) {
                continue;
            }
            if (scan.isBeyond(key)) {
                return true;
            }
            lastKey = key;
            Document document = scan.document(view, cursor);
            if (document != null && matches.test(document)) {
                portion.add(document);
            }
        }
        return false;
    }
}
