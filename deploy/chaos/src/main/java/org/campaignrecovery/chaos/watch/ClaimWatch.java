package org.campaignrecovery.chaos.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.bson.Document;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryId;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/**
 * Invariant 6: as soon as a stand-in has noted a message, before it answers, its delivery must be claimed in the ledger. The stand-ins note
 * first and answer later, so that a look within that delay sees the claim and nothing else.
 */
public final class ClaimWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(10);
    private static final Set<String> CLAIMED = Set.of("sending", "sent", "in_doubt");

    private final RecordTail mails;
    private final RecordTail texts;
    private final Supplier<MongoDatabase> ledger;
    private final String run;
    private final Violations violations;
    private final Accepted accepted = new Accepted();
    private final Loop loop;
    private volatile int checked;

    public ClaimWatch(Path smtpRecord, Path smsRecord, Supplier<MongoDatabase> ledger, String run, Violations violations) {
        this.mails = new RecordTail(smtpRecord);
        this.texts = new RecordTail(smsRecord);
        this.ledger = ledger;
        this.run = run;
        this.violations = violations;
        this.loop = new Loop("claims", EVERY, this::look);
    }

    public Accepted accepted() {
        return accepted;
    }

    /** How many messages were compared with the ledger; the others were accepted while it was away. */
    public int checked() {
        return checked;
    }

    private void look() {
        Set<String> ids = new HashSet<>();
        for (JsonNode mail : mails.next()) {
            accepted.add(Instant.parse(mail.get("at").asText()));
            ids.add(mail.path("delivery").asText());
        }
        for (JsonNode text : texts.next()) {
            accepted.add(Instant.parse(text.get("at").asText()));
            ids.add(DeliveryId.of(run, Channel.SMS, text.get("to").asText()));
        }
        if (!ids.isEmpty()) {
            compare(ids);
        }
    }

    private void compare(Set<String> ids) {
        List<Document> found;
        try {
            found = ledger.get().getCollection("deliveries").find(Filters.in("_id", ids))
                    .projection(Projections.include("state", "claim", "attempt", "batch")).into(new ArrayList<>());
        } catch (MongoException e) {
            return;
        }
        checked += ids.size();
        found.stream().filter(delivery -> delivery.getString("claim") == null || !CLAIMED.contains(delivery.getString("state")))
                .forEach(delivery -> violations.add(6, "%s was handed over while it was not claimed: %s", delivery.getString("_id"),
                        delivery.toJson()));
        if (found.size() < ids.size()) {
            found.forEach(delivery -> ids.remove(delivery.getString("_id")));
            violations.add(6, "handed over without any delivery in the ledger: %s", ids);
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
