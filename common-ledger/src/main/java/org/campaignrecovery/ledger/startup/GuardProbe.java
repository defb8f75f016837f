package org.campaignrecovery.ledger.startup;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Races guarded updates from several connections on a scratch document. A database that lets two of them win (it filters before it
 * updates) would let two workers claim one message, so nothing may be sent with it.
 */
@ApplicationScoped
public class GuardProbe {
    private static final int ROUNDS = 50;
    private static final int CONTENDERS = 4;

    private final ReactiveMongoClient client;
    private final String database;
    private final BootId boot;
    /** Two probes at a time must not race each other. */
    private final AtomicLong probes = new AtomicLong();

    GuardProbe(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database, BootId boot) {
        this.client = client;
        this.database = database;
        this.boot = boot;
    }

    /** Completes when the database guards its updates, fails with {@link UnguardedDatabaseException} when it does not. */
    public Uni<Void> probe() {
        ReactiveMongoCollection<Document> scratch = client.getDatabase(database).getCollection("ledger");
        String id = "probe:%s:%d".formatted(boot.value(), probes.incrementAndGet());
        Uni<Void> rounds = Multi.createFrom().range(0, ROUNDS).onItem().transformToUniAndConcatenate(round -> race(scratch, id, round))
                .collect().asList().replaceWithVoid();
        return scratch.updateOne(Filters.eq("_id", id), Updates.set("value", 0), new UpdateOptions().upsert(true))
                .chain(() -> rounds).onTermination().call(() -> scratch.deleteOne(Filters.eq("_id", id)).onFailure().recoverWithNull());
    }

    private Uni<Void> race(ReactiveMongoCollection<Document> scratch, String id, int round) {
        List<Uni<Long>> contenders = IntStream.range(0, CONTENDERS).mapToObj(i -> scratch
                .updateOne(Filters.and(Filters.eq("_id", id), Filters.eq("value", round)), Updates.set("value", round + 1))
                .map(result -> result.getModifiedCount())).toList();
        return Uni.join().all(contenders).andFailFast().map(wins -> wins.stream().mapToLong(Long::longValue).sum()).invoke(winners -> {
            if (winners != 1) {
                throw new UnguardedDatabaseException(winners);
            }
        }).replaceWithVoid();
    }

    /** The database cannot hold the ledger. */
    public static class UnguardedDatabaseException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        UnguardedDatabaseException(long winners) {
            super("this database does not guard its updates (%d of %d racing updates of one document won, 1 must): "
                    .formatted(winners, CONTENDERS) + "set CAMPAIGN_MONGO_URI to a MongoDB server");
        }
    }
}
