package org.campaignrecovery.local.mongo;

import java.util.List;

import org.h2.mvstore.MVStore;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;

/** The databases of a data file, opened when the server starts, and what the server says about itself. */
final class DurableBackend extends AbstractMongoBackend {

    private final MVStore store;
    private final GroupCommit commits;
    private final CommandCounts counts = new CommandCounts();

    DurableBackend(MVStore store, GroupCommit commits) {
        this.store = store;
        this.commits = commits;
        version(ServerVersion.MONGO_5_0);
        databaseNames().forEach(this::resolveDatabase);
    }

    private List<String> databaseNames() {
        return store.getMapNames().stream()
                .filter(name -> name.startsWith(DurableDatabase.DOCUMENTS))
                .map(name -> Utils.firstFragment(name.substring(DurableDatabase.DOCUMENTS.length())))
                .distinct()
                .toList();
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return new DurableDatabase(databaseName, store, getCursorRegistry(), commits);
    }

    @Override
    public Document handleCommand(Channel channel, String databaseName, String command, Document query) {
        counts.count(command);
        Batches.limit(command, query);
        if (command.equals("hello")) {
            Document response = super.handleCommand(channel, databaseName, "ismaster", query);
            response.put("isWritablePrimary", response.remove("ismaster"));
            return response;
        }
        Document response = super.handleCommand(channel, databaseName, command, query);
        return command.equals("serverStatus") ? counts.addTo(response) : response;
    }
}
