package org.campaignrecovery.bench.ours;

import java.util.List;
import java.util.OptionalLong;

import org.bson.Document;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;

/** How many commands on documents the server of the ledger has carried out so far, whoever asked for them. */
final class LedgerCommands {
    private static final List<String> COMMANDS = List.of("find", "getMore", "aggregate", "count", "distinct", "insert", "update",
            "delete", "findAndModify");

    private LedgerCommands() {
    }

    /** Round trips: an update of a whole group is one. Empty where the server does not count them, or does not tell this user. */
    static OptionalLong of(MongoDatabase ledger) {
        Document commands;
        try {
            commands = ledger.runCommand(new Document("serverStatus", 1)).getEmbedded(List.of("metrics", "commands"), Document.class);
        } catch (MongoCommandException e) {
            return OptionalLong.empty();
        }
        return commands == null ? OptionalLong.empty() : OptionalLong.of(sum(commands));
    }

    private static long sum(Document commands) {
        return COMMANDS.stream().map(commands::get).filter(Document.class::isInstance)
                .mapToLong(counted -> ((Number) ((Document) counted).get("total")).longValue()).sum();
    }
}
