package org.campaignrecovery.local.mongo;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

import de.bwaldvogel.mongo.bson.Document;

/** How often each command was asked for since the start, as {@code serverStatus} tells it in {@code metrics.commands}. */
final class CommandCounts {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void count(String command) {
        counts.computeIfAbsent(command, first -> new LongAdder()).increment();
    }

    /** Adds the counts to an answer of {@code serverStatus}. */
    Document addTo(Document serverStatus) {
        Document commands = new Document();
        counts.forEach((command, count) -> commands.append(command, new Document("total", count.sum())));
        return serverStatus.append("metrics", new Document("commands", commands));
    }
}
