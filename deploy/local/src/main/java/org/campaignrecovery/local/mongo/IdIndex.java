package org.campaignrecovery.local.mongo;

import java.util.Collections;
import java.util.List;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;

/**
 * The index on {@code _id}. The collection's map is sorted by {@code _id}, so there is nothing to keep beside it and
 * nothing that could disagree with it. It serves every filter that <em>contains</em> {@code _id} by equality or
 * {@code $in}: the rest of the filter is checked on what it finds.
 */
final class IdIndex extends Index<Object> {

    private static final String ID = "_id";

    private final Documents documents;

    IdIndex(String name, List<IndexKey> keys, Documents documents) {
        super(name, keys, false);
        this.documents = documents;
    }

    static Object position(Document document) {
        return BsonOrder.key(document.get(ID));
    }

    @Override
    public Object getPosition(Document document) {
        return position(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        if (documents.contains(position(document))) {
            throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(
                    Collections.singletonList(document.get(ID))));
        }
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        // The document's place in the map is its entry.
    }

    @Override
    public Object remove(Document document) {
        return position(document);
    }

    @Override
    public boolean canHandle(Document filter) {
        return Filters.equalities(filter, ID).isPresent();
    }

    @Override
    public List<Object> getPositions(Document filter) {
        return Filters.equalities(filter, ID).orElseThrow();
    }

    @Override
    public long getCount() {
        return documents.count();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        // An update cannot change _id.
    }

    @Override
    public void updateInPlace(Document oldDocument, Document newDocument, Object position,
            MongoCollection<Object> collection) {
        // An update cannot change _id.
    }

    @Override
    public boolean isUnique() {
        return true;
    }

    @Override
    public void drop() {
        // Goes with the collection.
    }
}
