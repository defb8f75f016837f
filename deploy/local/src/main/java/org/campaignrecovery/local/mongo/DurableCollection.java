package org.campaignrecovery.local.mongo;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
 * A collection in the data file. Updates hold the collection while they look for documents and change them, so a guard holds
 * until its update is done and of two that race for a document only one wins. Reads hold nothing.
 */
final class DurableCollection extends AbstractMongoCollection<Object> {

    private final Documents documents;
    private final BooleanSupplier opening;
    private volatile List<Index<Object>> readableIndexes = List.of();
    private volatile List<SecondaryIndex> secondaryIndexes = List.of();

    /** @param opening whether the database is being opened, so that the indexes in the file are as they were left */
    DurableCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors, Documents documents,
            BooleanSupplier opening) {
        super(database, name, options, cursors);
        this.documents = documents;
        this.opening = opening;
    }

    @Override
    public synchronized void addDocument(Document document) {
        documents.change(() -> super.addDocument(document));
    }

    @Override
    public synchronized void removeDocument(Document document) {
        documents.change(() -> super.removeDocument(document));
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
        noteIndexes();
    }

    private void noteIndexes() {
        readableIndexes = List.copyOf(getIndexes());
        secondaryIndexes = readableIndexes.stream().filter(SecondaryIndex.class::isInstance).map(SecondaryIndex.class::cast).toList();
    }

    /** Whether the collection has its index on {@code _id}. */
    boolean isReady() {
        return !readableIndexes.isEmpty();
    }

    private void build(SecondaryIndex index) {
        // What an interrupted build left behind was never described, so it was never used.
        index.clear();
        try {
            streamAllDocumentsWithPosition().map(DocumentWithPosition::getDocument).forEach(document -> {
                index.checkAdd(document, this);
                index.put(document);
            });
        } catch (MongoServerError e) {
            index.clear();
            throw new IndexBuildFailedException(e, this);
        }
    }

    @Override
    public synchronized void dropIndex(String indexName) {
        super.dropIndex(indexName);
        noteIndexes();
    }

    @Override
    protected QueryResult queryDocuments(Document query, Document orderBy, int numberToSkip, int limit, int batchSize,
            Document fieldSelector) {
        Index<Object> index = readableIndexes.stream().filter(candidate -> candidate.canHandle(query)).findFirst().orElse(null);
        Scan.Choice choice = Scan.choose(getIdField(), secondaryIndexes, query, orderBy);
        Stream<Document> found = index == null
                ? stream(new Walk(documents, choice.scan(), document -> documentMatchesQuery(document, query)))
                : lookUp(index, query).stream();
        if (index != null || !choice.ordered()) {
            found = orderBy == null || orderBy.isEmpty() || orderBy.containsKey("$natural")
                    ? found
                    : found.sorted(deriveComparator(orderBy));
        }
        found = found.skip(numberToSkip);
        if (limit != 0) {
            found = found.limit(Math.abs(limit));
        }
        if (fieldSelector != null && !fieldSelector.isEmpty()) {
            found = found.map(document -> project(document, fieldSelector));
        }
        return batchSize > 0 ? page(found.iterator(), batchSize) : new QueryResult(found::iterator);
    }

    private List<Document> lookUp(Index<Object> index, Document query) {
        SecondaryIndex secondary = index instanceof SecondaryIndex ? (SecondaryIndex) index : null;
        Document rest = index instanceof IdIndex ? Filters.without(query, getIdField()) : query;
        return documents.read(secondary, view -> {
            Iterable<Object> positions = secondary == null ? index.getPositions(query) : secondary.positions(view.entries(), query);
            return StreamSupport.stream(positions.spliterator(), false)
                    .map(view::get)
                    .filter(Objects::nonNull)
                    .filter(document -> documentMatchesQuery(document, rest))
                    .toList();
        });
    }

    private Document project(Document document, Document fieldSelector) {
        return matchDocumentsFromStream(Stream.of(document), new Document(), null, 0, 0, 0, fieldSelector).iterator().next();
    }

    /** The first batch, with a cursor for the rest if there is any. */
    QueryResult page(Iterator<Document> documents, int batchSize) {
        IteratorCursor cursor = new IteratorCursor(cursorRegistry.generateCursorId(), documents);
        List<Document> first = cursor.takeDocuments(batchSize);
        if (cursor.isEmpty()) {
            return new QueryResult(first);
        }
        cursorRegistry.add(cursor);
        return new QueryResult(first, cursor);
    }

    @Override
    protected QueryResult matchDocuments(Document query, Document orderBy, int numberToSkip, int numberToReturn,
            int batchSize, Document fieldSelector) {
        return queryDocuments(query, orderBy, numberToSkip, numberToReturn, batchSize, fieldSelector);
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        if (getIdField() == null) {
            return documents.read(null, DescriptionPositions::of).stream();
        }
        return stream(new Walk(documents, new Scan(null, null, null, false), document -> true))
                .map(document -> new DocumentWithPosition<>(document, BsonOrder.key(document.get(getIdField()))));
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }

    @Override
    public int count() {
        return documents.count();
    }

    @Override
    protected Document getDocument(Object position) {
        return documents.read(null, view -> view.get(position));
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object position = getIdField() != null ? BsonOrder.key(document.get(getIdField())) : DescriptionPositions.after(documents.last());
        if (!documents.putIfAbsent(position, Bson.encode(document))) {
            throw new IllegalStateException("There is a document with key " + position + " in " + getFullName());
        }
        return position;
    }

    @Override
    protected void removeDocument(Object position) {
        documents.remove(position);
    }

    @Override
    protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
        byte[] bson = Bson.encode(newDocument);
        documents.change(() -> {
            secondaryIndexes.forEach(index -> index.replace(oldDocument, newDocument));
            documents.put(position, bson);
        });
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
