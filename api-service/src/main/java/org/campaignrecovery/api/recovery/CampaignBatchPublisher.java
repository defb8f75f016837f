package org.campaignrecovery.api.recovery;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.RunTraces;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.ledger.trace.TraceParent;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.event.CampaignBatch;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/** Rings {@code campaign-batch} again for a batch that waits: "look at this batch". Workers ring for the batches that they make. */
@ApplicationScoped
public class CampaignBatchPublisher {
    private final MutinyEmitter<String> emitter;
    private final ObjectMapper json;
    private final Continuity continuity;
    private final LedgerClock clock;
    private final RunTraces traces;

    CampaignBatchPublisher(@Channel(CampaignBatch.TOPIC) MutinyEmitter<String> emitter, ObjectMapper json, Continuity continuity,
            LedgerClock clock, RunTraces traces) {
        this.emitter = emitter;
        this.json = json;
        this.continuity = continuity;
        this.clock = clock;
        this.traces = traces;
    }

    /** Completes when Kafka has acknowledged the event. */
    public Uni<Void> publish(String batchId) {
        return Uni.createFrom().deferred(() -> traces.of(BatchId.parse(batchId).run())
                .around(Step.ring(CampaignBatch.TOPIC).batch(batchId), here -> emitter.sendMessage(message(batchId, here))));
    }

    private Message<String> message(String batchId, Branch rung) {
        RecordHeaders headers = CloudEventHeaders.of(batchId, CampaignBatch.TYPE, "/campaign-recovery/api-service", clock.now(),
                continuity.position());
        TraceParent.write(rung, headers);
        return Message.of(value(batchId))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder().withKey(batchId).withHeaders(headers).build());
    }

    private String value(String batchId) {
        try {
            return json.writeValueAsString(new CampaignBatch(batchId));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of one text cannot fail to be written", e);
        }
    }
}
