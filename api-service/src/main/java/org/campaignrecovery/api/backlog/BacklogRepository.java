package org.campaignrecovery.api.backlog;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.run.RunState;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** What is open, as the batches that are not closed count it: their number is bounded by the planners' windows and by what waits. */
@ApplicationScoped
class BacklogRepository implements GuardedRepository<BatchDocument> {

    Uni<List<OpenRun>> runs() {
        return mongoDatabase().getCollection(RunDocument.COLLECTION)
                .find(in("state", RunState.PLANNING.wire(), RunState.SENDING.wire()),
                        new FindOptions().projection(include("campaignId", "state")))
                .map(run -> new OpenRun(run.getString("_id"), run.getString("campaignId"),
                        Wire.parse(RunState.class, run.getString("state"))))
                .collect().asList();
    }

    Uni<Set<String>> paused() {
        return mongoDatabase().getCollection(CampaignDocument.COLLECTION)
                .find(eq("status", CampaignStatus.PAUSED.wire()), new FindOptions().projection(include("_id")))
                .map(campaign -> campaign.getString("_id")).collect().with(Collectors.toSet());
    }

    /** What could be worked on at {@code now}. */
    Uni<List<OpenWork>> now(Instant now) {
        return work(and(in("state", BatchState.READY.wire(), BatchState.LEASED.wire()),
                or(exists("notBefore", false), lte("notBefore", now))));
    }

    /** What could not yet. */
    Uni<List<OpenWork>> later(Instant now) {
        return work(and(in("state", BatchState.READY.wire(), BatchState.LEASED.wire()), gt("notBefore", now)));
    }

    private Uni<List<OpenWork>> work(Bson open) {
        return mongoCollection()
                .aggregate(List.of(match(open),
                        group(new Document("run", "$run").append("channel", "$channel"), sum("batches", 1),
                                sum("pending", "$counts.pending"), sum("sending", "$counts.sending"),
                                sum("retry_wait", "$counts.retry_wait"))),
                        Document.class)
                .map(BacklogRepository::work).collect().asList();
    }

    private static OpenWork work(Document sums) {
        Document of = sums.get("_id", Document.class);
        return new OpenWork(of.getString("run"), Wire.parse(Channel.class, of.getString("channel")), number(sums, "batches"),
                number(sums, "pending") + number(sums, "sending") + number(sums, "retry_wait"));
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }
}
