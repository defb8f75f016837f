package org.campaignrecovery.local.mongo;

import java.util.ArrayList;
import java.util.List;

import org.h2.mvstore.Cursor;

import de.bwaldvogel.mongo.backend.DocumentWithPosition;

/** Positions in the collection of index descriptions, whose documents have no {@code _id}: they are numbered. */
final class DescriptionPositions {

    private DescriptionPositions() {
    }

    static Object after(Object lastOrNull) {
        return lastOrNull == null ? 0L : ((Number) lastOrNull).longValue() + 1;
    }

    static List<DocumentWithPosition<Object>> of(Documents.View view) {
        List<DocumentWithPosition<Object>> all = new ArrayList<>();
        Cursor<Object[], byte[]> cursor = view.cursor(null, false);
        while (cursor.hasNext()) {
            Object position = cursor.next()[0];
            all.add(new DocumentWithPosition<>(Bson.decode(cursor.getValue()), position));
        }
        return all;
    }
}
