package org.campaignrecovery.worker.batch;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.doorbell.KafkaWatch;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.ledger.trace.TraceParent;
import org.campaignrecovery.model.event.CampaignBatch;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.json.JsonObject;

/**
 * Rings {@code campaign-batch}, once: a ring that fails is no loss, the ledger's sweeps find the batch two seconds later. None is tried while
 * Kafka is known to be away, since each would hold up the next ones, and a stop, for seconds.
 */
@ApplicationScoped
public class BatchPublisher {
    private static final Logger LOG = Logger.getLogger(BatchPublisher.class);

    private final MutinyEmitter<String> emitter;
    private final Continuity continuity;
    private final LedgerClock clock;
    private final KafkaWatch kafka;
    private final boolean enabled;

    BatchPublisher(@Channel("batch-ready") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter,
            Continuity continuity, LedgerClock clock, @Readiness KafkaWatch kafka,
            @ConfigProperty(name = "campaign.doorbell.enabled", defaultValue = "true") boolean enabled) {
        this.emitter = emitter;
        this.continuity = continuity;
        this.clock = clock;
        this.kafka = kafka;
        this.enabled = enabled;
    }

    /**
     * Completes when Kafka has acknowledged the event, and at once when nothing rings.
     *
     * @param from what has led to it
     */
    public Uni<Void> ring(String batchId, Branch from) {
        return Uni.createFrom().deferred(() -> enabled && !kafka.away()
                ? from.around(Step.ring(CampaignBatch.TOPIC).batch(batchId), here -> emitter.sendMessage(message(batchId, here)))
                : Uni.createFrom().voidItem());
    }

    /** Rings without waiting for the acknowledgement. */
    public void ringSoon(String batchId, Branch from) {
        ring(batchId, from).subscribe().with(rung -> LOG.tracef("rang for batch=%s", batchId),
                failure -> LOG.warnf("could not ring for batch=%s (%s): the ledger's sweeps will find it", batchId, failure.getMessage()));
    }

    private Message<String> message(String batchId, Branch rung) {
        RecordHeaders headers = CloudEventHeaders.of(batchId, CampaignBatch.TYPE, "/worker-service", clock.now(),
                continuity.position());
        TraceParent.write(rung, headers);
        return Message.of(new JsonObject().put("batchId", batchId).encode())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder().withKey(batchId).withHeaders(headers).build());
    }
}
