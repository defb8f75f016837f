package org.campaignrecovery.local.mongo;

import org.h2.mvstore.MVMap;

/** What must be remembered of an index besides its entries, in a map that all indexes share. */
final class IndexNotes {

    private static final byte[] MULTIKEY = {1};

    private final MVMap<Object[], byte[]> notes;
    private final Object[] key;
    private volatile boolean multikey;

    IndexNotes(MVMap<Object[], byte[]> notes, String indexName) {
        this.notes = notes;
        this.key = KeyType.tuple(indexName);
        this.multikey = notes.containsKey(key);
    }

    /** Whether some document has, or had, an array in an indexed field: it has several entries, so order says nothing. */
    boolean isMultikey() {
        return multikey;
    }

    void noteMultikey() {
        if (!multikey) {
            notes.put(key, MULTIKEY);
            multikey = true;
        }
    }

    void clear() {
        notes.remove(key);
        multikey = false;
    }
}
