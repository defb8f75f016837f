package org.campaignrecovery.bench.ours;

import java.util.List;

import org.bson.Document;

import com.mongodb.client.MongoDatabase;

/** How many commands on documents the server of the ledger has carried out so far, whoever asked for them. */
final class LedgerCommands {
    private static final List<String> COMMANDS = List.of("find", "getMore", "aggregate", "count", "distinct", "insert", "update",
            "delete", "findAndModify");

    private LedgerCommands() {
    }

    /** Round trips: an update of a whole group is one. */
    static long of(MongoDatabase ledger) {
        Document commands = ledger.runCommand(new Document("serverStatus", 1)).get("metrics", Document.class).get("commands",
                Document.class);
        return COMMANDS.stream().map(commands::get).filter(Document.class::isInstance)
                .mapToLong(counted -> ((Number) ((Document) counted).get("total")).longValue()).sum();
    }
}
