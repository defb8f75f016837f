package org.campaignrecovery.ledger.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Uni;

/**
 * The time by the ledger server's clock: what the server says, half the round trip later, carried on by this machine's monotonic clock.
 * A wrong or stepping wall clock of this machine has no influence. Safe for any thread.
 */
@ApplicationScoped
public class LedgerClock {
    /** A slower answer says too little about the time. */
    private static final Duration WORST_ROUND_TRIP = Duration.ofSeconds(1);

    private final ReactiveMongoClient client;
    private final String database;
    private final AtomicReference<Reading> latest = new AtomicReference<>();

    LedgerClock(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    /** Whether the offset is known; a process that cannot tell it schedules nothing. */
    public boolean known() {
        return latest.get() != null;
    }

    /** @throws IllegalStateException as long as no server has been reached */
    public Instant now() {
        Reading reading = latest.get();
        if (reading == null) {
            throw new IllegalStateException("the ledger's clock is not known yet: MongoDB has not answered");
        }
        return reading.at(System.nanoTime());
    }

    /** Asks the server for its time. A slow answer is not used unless there is nothing better. */
    public Uni<Void> synchronise() {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return ask().invoke(serverTime -> read(serverTime, asked, System.nanoTime())).replaceWithVoid();
        });
    }

    private void read(Instant serverTime, long asked, long answered) {
        Duration roundTrip = Duration.ofNanos(answered - asked);
        if (roundTrip.compareTo(WORST_ROUND_TRIP) <= 0 || !known()) {
            latest.set(new Reading(serverTime.plus(roundTrip.dividedBy(2)), answered));
        }
    }

    /** {@code isMaster} is the name that every server of the protocol knows. */
    private Uni<Instant> ask() {
        return client.getDatabase(database).runCommand(new Document("isMaster", 1), Document.class)
                .map(answer -> answer.get("localTime", Date.class).toInstant());
    }

    private record Reading(Instant instant, long nanos) {
        Instant at(long now) {
            return instant.plusNanos(now - nanos);
        }
    }
}
