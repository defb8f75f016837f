package org.campaignrecovery.api.sending;

import static com.mongodb.client.model.Filters.eq;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.ReturnDocument;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** The switch for everything: while it is off no worker hands a message of any campaign to a provider. */
@ApplicationScoped
public class SendingSwitchRepository {
    private static final Logger LOG = Logger.getLogger(SendingSwitchRepository.class);
    private static final String ID = "sending";

    private final ReactiveMongoCollection<Document> ledger;
    private final LedgerClock clock;

    SendingSwitchRepository(ReactiveMongoClient mongo, @ConfigProperty(name = "quarkus.mongodb.database") String database,
            LedgerClock clock) {
        this.ledger = mongo.getDatabase(database).getCollection("ledger");
        this.clock = clock;
    }

    /**
     * How the switch stands.
     *
     * @param who turned it, or null when nobody ever did, like {@code at}
     * @param why or null when they did not say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SendingPosition", requiredProperties = {"stopped"})
    public record Position(boolean stopped, String who, Instant at, String why) {
    }

    public Uni<Position> position() {
        return ledger.find(eq("_id", ID)).collect().first()
                .map(found -> found == null ? new Position(false, null, null, null) : position(found));
    }

    Uni<Position> turn(boolean stopped, String who, String why) {
        Document next = new Document("_id", ID).append("stopped", stopped).append("who", who)
                .append("at", Date.from(clock.now().truncatedTo(ChronoUnit.MILLIS))).append("why", why);
        return ledger
                .findOneAndReplace(eq("_id", ID), next,
                        new FindOneAndReplaceOptions().upsert(true).returnDocument(ReturnDocument.AFTER))
                .map(SendingSwitchRepository::position)
                .invoke(now -> LOG.warnf("sending %s who=%s why=%s", now.stopped ? "stopped for everything" : "started again", who, why));
    }

    private static Position position(Document document) {
        return new Position(Boolean.TRUE.equals(document.getBoolean("stopped")), document.getString("who"),
                document.getDate("at") == null ? null : document.getDate("at").toInstant(), document.getString("why"));
    }
}
