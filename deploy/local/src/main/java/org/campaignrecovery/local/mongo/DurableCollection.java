package org.campaignrecovery.local.mongo;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.IndexKeySpecsConflictException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;

/**
 * A collection in a sorted map, {@code _id} to BSON. Updates hold the collection while they look for documents and change
 * them, so a guard holds until its update is done and two of them never both win. Reads hold nothing: they look at the
 * state of one instant, however long they take.
 */
final class DurableCollection extends AbstractMongoCollection<Object> {

    private final MVMap<Object[], byte[]> documents;
    private final MVStore store;
    private final GroupCommit commits;
    private final BooleanSupplier opening;
    /** Held while a document and its index entries change, and by readers for as long as it takes to note the roots. */
    private final Object roots = new Object();
    private volatile List<Index<Object>> readableIndexes = List.of();

    /** @param opening whether the database is being opened, so that the indexes in the file are as they were left */
    DurableCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors,
            MVMap<Object[], byte[]> documents, GroupCommit commits, BooleanSupplier opening) {
        super(database, name, options, cursors);
        this.documents = documents;
        this.store = documents.getStore();
        this.commits = commits;
        this.opening = opening;
    }

    @Override
    public synchronized void addDocument(Document document) {
        change(() -> super.addDocument(document));
    }

    @Override
    public synchronized void removeDocument(Document document) {
        change(() -> super.removeDocument(document));
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        return super.findAndModify(query);
    }

    @Override
    public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return super.deleteDocuments(selector, limit, oplog);
    }

    @Override
    public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters arrayFilters,
            boolean isMulti, boolean isUpsert, Oplog oplog) {
        return super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog);
    }

    @Override
    public synchronized void addIndex(Index<Object> index) {
        for (Index<Object> existing : getIndexes()) {
            if (existing.getName().equals(index.getName())) {
                if (!existing.hasSameOptions(index)) {
                    throw new IndexKeySpecsConflictException(index, existing);
                }
                return;
            }
        }
        if (index instanceof SecondaryIndex secondary && !opening.getAsBoolean()) {
            build(secondary);
        }
        getIndexes().add(index);
        readableIndexes = List.copyOf(getIndexes());
    }

    @Override
    public synchronized void dropIndex(String indexName) {
        super.dropIndex(indexName);
        readableIndexes = List.copyOf(getIndexes());
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    protected QueryResult queryDocuments(Document query, Document orderBy, int numberToSkip, int limit, int batchSize,
            Document fieldSelector) {
        MVStore.TxCounter pin = store.registerVersionUsage();
        try {
            Stream<Document> matching = candidates(query, isNaturalDescending(orderBy))
                    .filter(document -> documentMatchesQuery(document, query));
            return matchDocumentsFromStream(matching, new Document(), orderBy, numberToSkip, limit, batchSize, fieldSelector);
        } finally {
            store.deregisterVersionUsage(pin);
        }
    }

    private Stream<Document> candidates(Document query, boolean descending) {
        RootReference<Object[], byte[]> root;
        List<Object> positions;
        Index<Object> index = readableIndexes.stream().filter(candidate -> candidate.canHandle(query)).findFirst().orElse(null);
        if (index instanceof SecondaryIndex secondary) {
            RootReference<Object[], byte[]> entries;
            synchronized (roots) {
                root = documents.getRoot();
                entries = secondary.root();
            }
            positions = secondary.positions(entries, query);
        } else {
            root = documents.getRoot();
            if (index == null) {
                return scan(root, descending).map(DocumentWithPosition::getDocument);
            }
            positions = ((IdIndex) index).getPositions(query);
        }
        return positions.stream()
                .map(position -> documents.get(root.root, KeyType.tuple(position)))
                .filter(Objects::nonNull)
                .map(Bson::decode);
    }

    private Stream<DocumentWithPosition<Object>> scan(RootReference<Object[], byte[]> root, boolean descending) {
        Cursor<Object[], byte[]> cursor = documents.cursor(root, null, null, descending);
        Iterator<DocumentWithPosition<Object>> iterator = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public DocumentWithPosition<Object> next() {
                Object position = cursor.next()[0];
                return new DocumentWithPosition<>(Bson.decode(cursor.getValue()), position);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return scan(documents.getRoot(), false);
    }

    @Override
    protected QueryResult matchDocuments(Document query, Document orderBy, int numberToSkip, int numberToReturn,
            int batchSize, Document fieldSelector) {
        return queryDocuments(query, orderBy, numberToSkip, numberToReturn, batchSize, fieldSelector);
    }

    @Override
    protected Document getDocument(Object position) {
        byte[] bson = documents.get(KeyType.tuple(position));
        return bson == null ? null : Bson.decode(bson);
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object position = newPosition(document);
        if (documents.putIfAbsent(KeyType.tuple(position), Bson.encode(document)) != null) {
            throw new IllegalStateException("There is a document with key " + position + " in " + getFullName());
        }
        return position;
    }

    private Object newPosition(Document document) {
        if (getIdField() != null) {
            return BsonOrder.key(document.get(getIdField()));
        }
        Object[] last = documents.lastKey();
        return last == null ? 0L : (Long) last[0] + 1;
    }

    @Override
    protected void removeDocument(Object position) {
        documents.remove(KeyType.tuple(position));
    }

    @Override
    protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
        byte[] bson = Bson.encode(newDocument);
        change(() -> {
            for (Index<Object> index : getIndexes()) {
                if (index instanceof SecondaryIndex secondary) {
                    secondary.replace(oldDocument, newDocument);
                }
            }
            documents.put(KeyType.tuple(position), bson);
        });
    }

    /** One document with its index entries: neither a commit nor a reader sees half of it. */
    private void change(Runnable change) {
        commits.change(() -> {
            synchronized (roots) {
                change.run();
            }
        });
    }

    private void build(SecondaryIndex index) {
        // What an interrupted build left behind was never described, so it was never used.
        index.clear();
        MVStore.TxCounter pin = store.registerVersionUsage();
        try {
            streamAllDocumentsWithPosition().forEach(found -> {
                index.checkAdd(found.getDocument(), this);
                index.put(found.getDocument());
            });
        } catch (MongoServerError e) {
            index.clear();
            throw new IndexBuildFailedException(e, this);
        } finally {
            store.deregisterVersionUsage(pin);
        }
    }

    /** Sizes would cost an encoding of each document before and after each update; nothing here needs them. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        throw new UnsupportedOperationException("Sizes are not tracked");
    }

    @Override
    protected int getDataSize() {
        return 0;
    }
}
