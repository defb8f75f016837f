package org.campaignrecovery.ledger.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

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

    /** An answer this quick is good enough; after a slower one the server is asked again, and the quickest answer counts. */
    private static final Duration GOOD_ROUND_TRIP = Duration.ofMillis(50);
    private static final int TRIES = 4;

    private final ReactiveMongoClient client;
    private final String database;
    private final LongSupplier nanos;
    private final AtomicReference<Reading> latest = new AtomicReference<>();

    @Inject
    LedgerClock(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this(client, database, System::nanoTime);
    }

    LedgerClock(ReactiveMongoClient client, String database, LongSupplier nanos) {
        this.client = client;
        this.database = database;
        this.nanos = nanos;
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
        return reading.at(nanos.getAsLong());
    }

    /** Asks the server for its time, again when it answers slowly. A slow answer is not used unless there is nothing better. */
    public Uni<Void> synchronise() {
        return sample(TRIES).invoke(best -> {
            if (best.roundTrip.compareTo(WORST_ROUND_TRIP) <= 0 || !known()) {
                latest.set(best);
            }
        }).replaceWithVoid();
    }

    private Uni<Reading> sample(int tries) {
        return Uni.createFrom().deferred(() -> {
            long asked = nanos.getAsLong();
            return ask().map(serverTime -> Reading.of(serverTime, asked, nanos.getAsLong()));
        }).chain(reading -> tries <= 1 || reading.roundTrip.compareTo(GOOD_ROUND_TRIP) <= 0
                ? Uni.createFrom().item(reading)
                : sample(tries - 1).map(other -> reading.roundTrip.compareTo(other.roundTrip) <= 0 ? reading : other));
    }

    /** {@code isMaster} is the name that every server of the protocol knows. */
    private Uni<Instant> ask() {
        return client.getDatabase(database).runCommand(new Document("isMaster", 1), Document.class)
                .map(answer -> answer.get("localTime", Date.class).toInstant());
    }

    private record Reading(Instant instant, long nanos, Duration roundTrip) {
        static Reading of(Instant serverTime, long asked, long answered) {
            Duration roundTrip = Duration.ofNanos(answered - asked);
            return new Reading(serverTime.plus(roundTrip.dividedBy(2)), answered, roundTrip);
        }

        Instant at(long now) {
            return instant.plusNanos(now - nanos);
        }
    }
}
