package org.campaignrecovery.local.twilio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.NdjsonLog;

/** What was accepted: a file that is written first, and an index of it in memory that a restart reads back. */
final class AcceptedMessages implements AutoCloseable {
    private final NdjsonLog log;
    private final Map<String, TwilioMessage> bySid = new ConcurrentHashMap<>();
    private final Map<String, List<TwilioMessage>> byRecipient = new ConcurrentHashMap<>();

    private AcceptedMessages(NdjsonLog log) {
        this.log = log;
    }

    static AcceptedMessages open(Path record) throws IOException {
        AcceptedMessages messages = new AcceptedMessages(NdjsonLog.open(record));
        NdjsonLog.read(record, line -> messages.index(TwilioMessage.ofLine(line)));
        return messages;
    }

    /** Returns when the operating system has the record. */
    void add(TwilioMessage message) throws IOException {
        log.append(Json.line(message.line()));
        index(message);
    }

    Optional<TwilioMessage> bySid(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** In the order of acceptance. */
    List<TwilioMessage> to(String recipient) {
        return byRecipient.getOrDefault(recipient, List.of());
    }

    /** In no particular order. */
    List<TwilioMessage> all() {
        return List.copyOf(bySid.values());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private void index(TwilioMessage message) {
        bySid.put(message.sid(), message);
        byRecipient.computeIfAbsent(message.to(), to -> new CopyOnWriteArrayList<>()).add(message);
    }
}
