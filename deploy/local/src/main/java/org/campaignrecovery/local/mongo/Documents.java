package org.campaignrecovery.local.mongo;

import java.util.function.Function;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;

import de.bwaldvogel.mongo.bson.Document;

/**
 * The documents of a collection in the data file, sorted by {@code _id}. One document changes together with its index
 * entries: neither a commit nor a reader ever sees half of that. Readers block nobody; they see one instant.
 */
final class Documents {

    private final MVMap<Object[], byte[]> map;
    private final MVStore store;
    private final GroupCommit commits;
    /** Held for the change of one document, and by readers only to note where the instant they look at begins. */
    private final Object roots = new Object();

    Documents(MVMap<Object[], byte[]> map, GroupCommit commits) {
        this.map = map;
        this.store = map.getStore();
        this.commits = commits;
    }

    void change(Runnable change) {
        commits.change(() -> {
            synchronized (roots) {
                change.run();
            }
        });
    }

    boolean putIfAbsent(Object position, byte[] bson) {
        return map.putIfAbsent(KeyType.tuple(position), bson) == null;
    }

    void put(Object position, byte[] bson) {
        map.put(KeyType.tuple(position), bson);
    }

    void remove(Object position) {
        map.remove(KeyType.tuple(position));
    }

    boolean contains(Object position) {
        return map.containsKey(KeyType.tuple(position));
    }

    int count() {
        return map.size();
    }

    /** The greatest position, or null when there are no documents. */
    Object last() {
        Object[] last = map.lastKey();
        return last == null ? null : last[0];
    }

    /** Reads as of one instant. The instant does not outlive the call: take out of it what is needed. */
    <T> T read(SecondaryIndex indexOrNull, Function<View, T> reading) {
        // Without this the store may overwrite what the instant consists of.
        MVStore.TxCounter instant = store.registerVersionUsage();
        try {
            View view;
            synchronized (roots) {
                view = new View(map.getRoot(), indexOrNull == null ? null : indexOrNull.root());
            }
            return reading.apply(view);
        } finally {
            store.deregisterVersionUsage(instant);
        }
    }

    /** The documents, and the entries of an index, at one instant. */
    final class View {

        private final RootReference<Object[], byte[]> documents;
        private final RootReference<Object[], byte[]> entries;

        private View(RootReference<Object[], byte[]> documents, RootReference<Object[], byte[]> entries) {
            this.documents = documents;
            this.entries = entries;
        }

        RootReference<Object[], byte[]> entries() {
            return entries;
        }

        /** The document at a position, or null. */
        Document get(Object position) {
            byte[] bson = map.get(documents.root, KeyType.tuple(position));
            return bson == null ? null : Bson.decode(bson);
        }

        Cursor<Object[], byte[]> cursor(Object[] from, boolean descending) {
            return map.cursor(documents, from, null, descending);
        }
    }
}
