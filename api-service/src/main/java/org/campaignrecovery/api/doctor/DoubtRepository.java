package org.campaignrecovery.api.doctor;

import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** What is in doubt, as the batches count it. */
@ApplicationScoped
class DoubtRepository {
    private static final String IN_DOUBT = "counts.in_doubt";
    private static final int AT_MOST = 10_000;

    private final ReactiveMongoCollection<Document> batches;
    private final ReactiveMongoCollection<Document> runs;

    DoubtRepository(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.batches = client.getDatabase(database).getCollection(BatchDocument.COLLECTION);
        this.runs = client.getDatabase(database).getCollection(RunDocument.COLLECTION);
    }

    /**
     * Deliveries in doubt by run, of at most so many batches; a run without any is missing, as is one that is kept without personal data: of
     * that nobody can find out more.
     */
    Uni<Map<String, Long>> byRun() {
        return batches.find(Filters.gt(IN_DOUBT, 0), new FindOptions().projection(Projections.include("run", IN_DOUBT)).limit(AT_MOST))
                .collect().in(TreeMap<String, Long>::new, (sums, batch) -> sums.merge(batch.getString("run"),
                        batch.get("counts", Document.class).get("in_doubt", Number.class).longValue(), Long::sum))
                .chain(sums -> sums.isEmpty() ? Uni.createFrom().item(sums) : withoutAnonymised(sums));
    }

    private Uni<Map<String, Long>> withoutAnonymised(Map<String, Long> sums) {
        return runs.find(Filters.and(Filters.in("_id", sums.keySet()), Filters.exists("anonymised", true)),
                new FindOptions().projection(Projections.include("_id"))).invoke(run -> sums.remove(run.getString("_id"))).collect().last()
                .replaceWith(sums);
    }
}
