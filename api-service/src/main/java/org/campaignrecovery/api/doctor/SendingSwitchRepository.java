package org.campaignrecovery.api.doctor;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Filters;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** The switch for everything. */
@ApplicationScoped
class SendingSwitchRepository {
    private final ReactiveMongoCollection<Document> ledger;

    SendingSwitchRepository(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.ledger = client.getDatabase(database).getCollection("ledger");
    }

    /** Who stopped all sending, when and why, as far as they said it. */
    record Stop(String who, Instant at, String why) {
    }

    /** Empty while sending is on. */
    Uni<Optional<Stop>> stopped() {
        return ledger.find(Filters.eq("_id", "sending")).collect().first().map(found -> Optional.ofNullable(found)
                .filter(document -> Boolean.TRUE.equals(document.getBoolean("stopped"))).map(SendingSwitchRepository::stop));
    }

    private static Stop stop(Document document) {
        Date at = document.getDate("at");
        return new Stop(document.getString("who"), at == null ? null : at.toInstant(), document.getString("why"));
    }
}
