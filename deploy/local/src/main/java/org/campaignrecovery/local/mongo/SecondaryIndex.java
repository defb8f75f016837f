package org.campaignrecovery.local.mongo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.RootReference;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;

/**
 * An index on any fields but {@code _id}, unique or not. Its map holds a tuple (value of each field, {@code _id}) a
 * document, several when a field is an array. It serves filters that contain its first fields by equality or
 * {@code $in}; the whole filter is checked on what it finds, so an entry too many would do no harm.
 * <p>
 * {@link DurableCollection} writes the entries together with the document, in one change; the methods that the server's
 * own update calls in between therefore do nothing.
 */
final class SecondaryIndex extends Index<Object> {

    private static final byte[] NOTHING = new byte[0];

    private final MVMap<Object[], byte[]> entries;
    private final List<String> fields;
    private final boolean unique;
    private final IndexNotes notes;

    SecondaryIndex(String name, List<IndexKey> keys, boolean unique, boolean sparse, MVMap<Object[], byte[]> entries,
            IndexNotes notes) {
        super(name, keys, sparse);
        this.fields = keys.stream().map(IndexKey::getKey).toList();
        this.unique = unique;
        this.entries = entries;
        this.notes = notes;
    }

    void put(Document document) {
        replace(null, document);
    }

    /** Replaces the entries of a document; those that stay are not touched. */
    void replace(Document beforeOrNull, Document after) {
        Collection<Object[]> old = beforeOrNull == null ? List.of() : tuples(beforeOrNull);
        Collection<Object[]> current = tuples(after);
        if (current.size() > 1) {
            notes.noteMultikey();
        }
        for (Object[] tuple : current) {
            if (!contains(old, tuple)) {
                entries.put(tuple, NOTHING);
            }
        }
        for (Object[] tuple : old) {
            if (!contains(current, tuple)) {
                entries.remove(tuple);
            }
        }
    }

    /** Tuples are arrays: equal by their order, not by themselves. A set of several is sorted by it. */
    private static boolean contains(Collection<Object[]> tuples, Object[] tuple) {
        return tuples instanceof Set ? tuples.contains(tuple) : tuples.stream().anyMatch(one -> KeyType.INSTANCE.compare(one, tuple) == 0);
    }

    void clear() {
        entries.clear();
        notes.clear();
    }

    RootReference<Object[], byte[]> root() {
        return entries.getRoot();
    }

    Cursor<Object[], byte[]> cursor(RootReference<Object[], byte[]> root, Object[] from, boolean descending) {
        return entries.cursor(root, from, null, descending);
    }

    /** Whether the entries hold every document once and in the order of these fields. */
    boolean isInOrderOf(List<String> sorted) {
        List<String> ordered = new ArrayList<>(fields);
        ordered.add("_id");
        return !isSparse() && !notes.isMultikey() && sorted.size() <= ordered.size()
                && ordered.subList(0, sorted.size()).equals(sorted);
    }

    /** The documents that may match, as of the given root. */
    List<Object> positions(RootReference<Object[], byte[]> root, Document filter) {
        Set<Object> positions = new TreeSet<>(BsonOrder.INSTANCE);
        for (Object[] prefix : prefixes(filter)) {
            Cursor<Object[], byte[]> cursor = entries.cursor(root, prefix, null, false);
            while (cursor.hasNext()) {
                Object[] entry = cursor.next();
                if (!startsWith(entry, prefix)) {
                    break;
                }
                positions.add(entry[entry.length - 1]);
            }
        }
        return List.copyOf(positions);
    }

    @Override
    public boolean canHandle(Document filter) {
        Optional<List<Object>> first = Filters.equalities(filter, fields.get(0));
        // A sparse index does not know the documents without a value.
        return first.isPresent() && !(isSparse() && first.get().contains(BsonOrder.key(null)));
    }

    @Override
    public List<Object> getPositions(Document filter) {
        return positions(root(), filter);
    }

    @Override
    public Object getPosition(Document document) {
        return null;
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        if (unique) {
            tuples(document).forEach(tuple -> requireFree(tuple, collection));
        }
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        put(document);
    }

    @Override
    public Object remove(Document document) {
        tuples(document).forEach(entries::remove);
        return IdIndex.position(document);
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        checkAdd(newDocument, collection);
    }

    @Override
    public void updateInPlace(Document oldDocument, Document newDocument, Object position,
            MongoCollection<Object> collection) {
        // See replace.
    }

    @Override
    public boolean hasSameOptions(Index<?> other) {
        return super.hasSameOptions(other) && isUnique() == other.isUnique();
    }

    @Override
    public long getCount() {
        return entries.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public boolean isUnique() {
        return unique;
    }

    @Override
    public void drop() {
        notes.clear();
        entries.getStore().removeMap(entries);
    }

    private void requireFree(Object[] tuple, MongoCollection<Object> collection) {
        Object[] values = Arrays.copyOf(tuple, fields.size());
        Cursor<Object[], byte[]> cursor = entries.cursor(values);
        while (cursor.hasNext()) {
            Object[] entry = cursor.next();
            if (!startsWith(entry, values)) {
                return;
            }
            if (KeyType.INSTANCE.compare(entry, tuple) != 0) {
                throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(Arrays.asList(values)));
            }
        }
    }

    /** The beginnings of the entries that a filter asks for: as many fields as it gives by equality, in a row. */
    private List<Object[]> prefixes(Document filter) {
        List<Object[]> prefixes = List.<Object[]>of(KeyType.tuple());
        for (String field : fields) {
            Optional<List<Object>> values = Filters.equalities(filter, field);
            if (values.isEmpty()) {
                return prefixes;
            }
            prefixes = extend(prefixes, values.get());
        }
        return prefixes;
    }

    /** Each once. */
    private Collection<Object[]> tuples(Document document) {
        if (isSparse() && fields.stream().allMatch(field -> isAbsent(document, field))) {
            return List.of();
        }
        List<Object[]> tuples = List.<Object[]>of(KeyType.tuple());
        for (String field : fields) {
            tuples = extend(tuples, values(Utils.getSubdocumentValueCollectionAware(document, field)));
        }
        tuples = extend(tuples, List.of(IdIndex.position(document)));
        if (tuples.size() == 1) {
            return tuples;
        }
        Set<Object[]> once = new TreeSet<>(KeyType.INSTANCE);
        once.addAll(tuples);
        return once;
    }

    private static boolean isAbsent(Document document, String field) {
        return BsonOrder.key(Utils.getSubdocumentValueCollectionAware(document, field)) == BsonOrder.key(null);
    }

    /** An array is found by each of its elements; an empty one is kept like null, or it could not be found at all. */
    private static List<Object> values(Object value) {
        if (value instanceof Collection<?> elements && !elements.isEmpty()) {
            return elements.stream().map(BsonOrder::key).toList();
        }
        return List.of(BsonOrder.key(value instanceof Collection ? null : value));
    }

    private static List<Object[]> extend(List<Object[]> tuples, List<Object> values) {
        List<Object[]> extended = new ArrayList<>(tuples.size() * values.size());
        for (Object[] tuple : tuples) {
            for (Object value : values) {
                Object[] longer = Arrays.copyOf(tuple, tuple.length + 1);
                longer[tuple.length] = value;
                extended.add(longer);
            }
        }
        return extended;
    }

    private static boolean startsWith(Object[] entry, Object[] prefix) {
        return KeyType.INSTANCE.compare(Arrays.copyOf(entry, prefix.length), prefix) == 0;
    }
}
