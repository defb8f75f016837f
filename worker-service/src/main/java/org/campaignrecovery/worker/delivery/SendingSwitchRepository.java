package org.campaignrecovery.worker.delivery;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.generation.GenerationRepository;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.generation.Position;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Filters;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Uni;

/** Whether anything may be sent at all: the switch for everything, and whether the ledger goes on from where it was seen before. */
@ApplicationScoped
public class SendingSwitchRepository {
    private final ReactiveMongoClient client;
    private final String database;
    private final GenerationRepository generations;
    private final Continuity continuity;

    SendingSwitchRepository(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database,
            GenerationRepository generations, Continuity continuity) {
        this.client = client;
        this.database = database;
        this.generations = generations;
        this.continuity = continuity;
    }

    /** Asks the ledger: {@code HELD}, {@code STOPPED} or {@code SENDING}. */
    public Uni<Control> read() {
        Position known = continuity.known();
        Uni<Boolean> stopped = client.getDatabase(database).getCollection("ledger").find(Filters.eq("_id", "sending")).collect().first()
                .map(document -> document != null && stopped(document));
        Uni<Boolean> goesOn = generations.current().map(document -> continuity.see(document, known));
        return Uni.combine().all().unis(stopped, goesOn).with((off, on) -> !on ? Control.HELD : off ? Control.STOPPED : Control.SENDING);
    }

    private static boolean stopped(Document document) {
        return Boolean.TRUE.equals(document.getBoolean("stopped"));
    }
}
