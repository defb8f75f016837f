package org.campaignrecovery.ledger.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * What a process writes about itself every few seconds, as long as it lives. Nothing is decided by it: who holds a lease, the lease says.
 *
 * @param id the process's {@link org.campaignrecovery.ledger.startup.BootId}
 * @param service {@link #API} or {@link #WORKER}
 * @param version of the program, or null
 * @param schedulers whether it starts campaigns (api) or hears events (worker)
 * @param sweeps whether it finishes what others began
 * @param clockOffsetMillis how far this machine's clock is ahead of the ledger server's, negative when it is behind
 * @param reach what it can reach, by {@link Probe#part()}; what was not looked at yet is missing
 * @param at when it was written, by the ledger's clock
 * @param startedAt by the ledger's clock
 */
@MongoEntity(collection = PresenceDocument.COLLECTION)
public record PresenceDocument(@BsonId String id, String service, String host, String version, Boolean schedulers, Boolean sweeps,
        Long clockOffsetMillis, Map<String, Reach> reach, Instant at, Instant startedAt) {
    public static final String COLLECTION = "workers";
    public static final String API = "api";
    public static final String WORKER = "worker";

    public boolean isApi() {
        return API.equals(service);
    }

    public boolean isWorker() {
        return WORKER.equals(service);
    }

    /** Whether the process has given a sign of life within {@code staleAfter}. */
    public boolean alive(Instant now, Duration staleAfter) {
        return now.isBefore(at.plus(staleAfter));
    }
}
