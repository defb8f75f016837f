package org.campaignrecovery.worker.evidence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.channel.Channel;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The batches that count doubt, of whichever run, completed ones too. */
@ApplicationScoped
class DoubtfulBatchRepository implements GuardedRepository<BatchDocument> {
    private static final int AT_MOST = 10_000;

    /** A batch as it was seen: as long as it looks like this its doubt is no more than it was. */
    public record Doubtful(@BsonId String id, Long hb, Long dirty, Instant at) {
    }

    /** At most so many; those that are left over come once the others have no doubt. */
    Uni<List<Doubtful>> ofSms() {
        return mongoCollection().find(and(gte("counts.in_doubt", 1), eq("channel", Channel.SMS.wire())), Doubtful.class,
                new FindOptions().projection(Projections.include("hb", "dirty", "at")).sort(Sorts.ascending("counts.in_doubt"))
                        .limit(AT_MOST))
                .collect().asList();
    }
}
