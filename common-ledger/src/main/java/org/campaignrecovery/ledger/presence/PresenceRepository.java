package org.campaignrecovery.ledger.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** What the processes say of themselves. */
@ApplicationScoped
public class PresenceRepository {
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final ReactiveMongoCollection<PresenceDocument> processes;

    PresenceRepository(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.processes = client.getDatabase(database).getCollection(PresenceDocument.COLLECTION, PresenceDocument.class);
    }

    Uni<Void> write(PresenceDocument presence) {
        return processes.replaceOne(Filters.eq("_id", presence.id()), presence, new ReplaceOptions().upsert(true)).replaceWithVoid();
    }

    Uni<Void> remove(String id) {
        return processes.deleteOne(Filters.eq("_id", id)).replaceWithVoid();
    }

    /** All processes that have given a sign of life in the last hour, dead ones too; removes the others. */
    public Uni<List<PresenceDocument>> all(Instant now) {
        return processes.deleteMany(Filters.lt("at", now.minus(FORGOTTEN_AFTER))).chain(() -> processes.find().collect().asList());
    }
}
