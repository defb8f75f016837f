package org.campaignrecovery.local.mongo;

import java.util.List;
import java.util.function.UnaryOperator;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;

/**
 * A database in the data file. Creating and dropping collections and indexes is done by one client at a time and is atomic
 * with respect to commits; reading and writing documents does not wait for it.
 */
final class DurableDatabase extends AbstractMongoDatabase<Object> {

    static final String DOCUMENTS = "documents/";
    private static final String INDEX = "index/";
    private static final String NOTES = "notes";

    private final MVStore store;
    private final GroupCommit commits;
    /** Taken before any collection, and a collection before a change; the other way round would be a deadlock. */
    private final Object definitions = new Object();
    private boolean opening = true;

    DurableDatabase(String name, MVStore store, CursorRegistry cursors, GroupCommit commits) {
        super(name, cursors);
        this.store = store;
        this.commits = commits;
        commits.change(this::initializeNamespacesAndIndexes);
        opening = false;
    }

    @Override
    public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
        if (command.equalsIgnoreCase("dropIndexes")) {
            return dropIndexes(channel, command, query, databases, oplog);
        }
        if (command.equalsIgnoreCase("aggregate") && resolveTarget(query.get(command)) instanceof DurableCollection collection) {
            List<Document> pipeline = Aggregation.parse(query.get("pipeline"));
            if (AggregateCommand.canHandle(pipeline)) {
                return AggregateCommand.run(query, pipeline, collection, this, databases, oplog);
            }
        }
        UnaryOperator<Document> library = changed -> super.handleCommand(channel, command, changed, databases, oplog);
        return switch (command) {
            case "insert" -> WriteCommands.insert(query, library);
            case "update" -> WriteCommands.update(query, library);
            default -> library.apply(query);
        };
    }

    /** The collection of an aggregation, or null when there is none or it is one of the whole database. */
    private MongoCollection<Object> resolveTarget(Object name) {
        return name instanceof String ? resolveCollection((String) name, false) : null;
    }

    private Document dropIndexes(Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
        synchronized (definitions) {
            MongoCollection<Object> collection = resolveOrCreateCollection(query.get(command).toString());
            synchronized (collection) {
                Document[] response = new Document[1];
                commits.change(() -> response[0] = super.handleCommand(channel, command, query, databases, oplog));
                return response[0];
            }
        }
    }

    /**
     * The library registers a new collection before it has its index on {@code _id}; whoever comes in between waits, or it
     * would write without guard.
     */
    @Override
    public MongoCollection<Object> resolveCollection(String collectionName, boolean throwIfNotFound) {
        MongoCollection<Object> collection = super.resolveCollection(collectionName, throwIfNotFound);
        if (collection instanceof DurableCollection durable && !durable.isReady()) {
            synchronized (definitions) {
                return collection;
            }
        }
        return collection;
    }

    @Override
    protected MongoCollection<Object> resolveOrCreateCollection(String collectionName) {
        MongoCollection<Object> existing = resolveCollection(collectionName, false);
        if (existing != null) {
            return existing;
        }
        synchronized (definitions) {
            commits.change(() -> super.resolveOrCreateCollection(collectionName));
            return resolveCollection(collectionName, true);
        }
    }

    @Override
    public MongoCollection<Object> createCollectionOrThrowIfExists(String collectionName, CollectionOptions options) {
        synchronized (definitions) {
            commits.change(() -> super.createCollectionOrThrowIfExists(collectionName, options));
            return resolveCollection(collectionName, true);
        }
    }

    /** The description is stored after the index was built: one that a crash interrupted is not there afterwards. */
    @Override
    protected void addIndex(Document indexDescription) {
        synchronized (definitions) {
            super.addIndex(indexDescription);
        }
    }

    @Override
    public void dropCollection(String collectionName, Oplog oplog) {
        synchronized (definitions) {
            MongoCollection<Object> collection = resolveCollection(collectionName, true);
            synchronized (collection) {
                commits.change(() -> {
                    super.dropCollection(collectionName, oplog);
                    store.removeMap(DOCUMENTS + getFullCollectionNamespace(collectionName));
                });
            }
        }
    }

    @Override
    public void moveCollection(MongoDatabase oldDatabase, MongoCollection<?> collection, String newCollectionName) {
        throw new MongoServerError(115, "CommandNotSupported", "renameCollection is not supported by the local stack");
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String collectionName, CollectionOptions options) {
        return new DurableCollection(this, collectionName, options, cursorRegistry, documents(collectionName), () -> opening);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(String collectionName, String indexName, List<IndexKey> keys,
            boolean sparse) {
        if (keys.size() == 1 && keys.get(0).getKey().equals("_id")) {
            return new IdIndex(indexName, keys, documents(collectionName));
        }
        return secondaryIndex(collectionName, indexName, keys, true, sparse);
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(String collectionName, String indexName, List<IndexKey> keys,
            boolean sparse) {
        return secondaryIndex(collectionName, indexName, keys, false, sparse);
    }

    private Index<Object> secondaryIndex(String collectionName, String indexName, List<IndexKey> keys, boolean unique,
            boolean sparse) {
        String mapName = INDEX + getFullCollectionNamespace(collectionName) + "/" + indexName;
        return new SecondaryIndex(indexName, keys, unique, sparse, map(mapName), new IndexNotes(map(NOTES), mapName));
    }

    private Documents documents(String collectionName) {
        return new Documents(map(DOCUMENTS + getFullCollectionNamespace(collectionName)), commits);
    }

    private MVMap<Object[], byte[]> map(String name) {
        return store.openMap(name, new MVMap.Builder<Object[], byte[]>().keyType(KeyType.INSTANCE).valueType(DocumentType.INSTANCE));
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }

    @Override
    protected long getStorageSize() {
        return store.isPersistent() ? store.getFileStore().size() : 0;
    }
}
