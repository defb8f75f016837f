package org.campaignrecovery.worker.batch;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.model.event.CampaignBatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.json.JsonObject;

/** Rings {@code campaign-batch}. A ring that fails is no loss: the ledger's sweeps find the batch two seconds later. */
@ApplicationScoped
public class BatchPublisher {
    private static final Logger LOG = Logger.getLogger(BatchPublisher.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final int RETRIES = 10;

    private final MutinyEmitter<String> emitter;
    private final Continuity continuity;
    private final LedgerClock clock;
    private final boolean enabled;

    BatchPublisher(@Channel("batch-ready") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter,
            Continuity continuity, LedgerClock clock,
            @ConfigProperty(name = "campaign.doorbell.enabled", defaultValue = "true") boolean enabled) {
        this.emitter = emitter;
        this.continuity = continuity;
        this.clock = clock;
        this.enabled = enabled;
    }

    /** Completes when Kafka has acknowledged the event; tries a few times. */
    public Uni<Void> ring(String batchId) {
        return enabled
                ? Uni.createFrom().deferred(() -> emitter.sendMessage(message(batchId))).onFailure().retry()
                        .withBackOff(FIRST_RETRY, LONGEST_RETRY).atMost(RETRIES)
                : Uni.createFrom().voidItem();
    }

    /** Rings without waiting for the acknowledgement. */
    public void ringSoon(String batchId) {
        ring(batchId).subscribe().with(rung -> LOG.tracef("rang for batch=%s", batchId),
                failure -> LOG.warnf("could not ring for batch=%s (%s): the ledger's sweeps will find it", batchId, failure.getMessage()));
    }

    private Message<String> message(String batchId) {
        RecordHeaders headers = CloudEventHeaders.of(batchId, CampaignBatch.TYPE, "/worker-service", clock.now(),
                continuity.position());
        return Message.of(new JsonObject().put("batchId", batchId).encode())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder().withKey(batchId).withHeaders(headers).build());
    }
}
