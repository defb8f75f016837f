package org.campaignrecovery.api.schedule;

import java.net.URI;
import java.time.ZoneOffset;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.RunTraces;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.ledger.trace.TraceParent;
import org.campaignrecovery.model.event.CampaignDue;
import org.campaignrecovery.model.generation.Position;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/** Rings {@code campaign-due}: "look at this run". The same run always rings with the same event id. */
@ApplicationScoped
public class CampaignDuePublisher {
    private static final URI SOURCE = URI.create("/campaign-recovery/api-service");

    private final MutinyEmitter<String> emitter;
    private final ObjectMapper json;
    private final Continuity continuity;
    private final RunTraces traces;

    CampaignDuePublisher(@Channel(CampaignDue.TOPIC) MutinyEmitter<String> emitter, ObjectMapper json, Continuity continuity,
            RunTraces traces) {
        this.emitter = emitter;
        this.json = json;
        this.continuity = continuity;
        this.traces = traces;
    }

    /** Completes when Kafka has acknowledged the event with all its replicas in sync. */
    Uni<Void> publish(RunDocument run) {
        return Uni.createFrom().deferred(() -> traces.of(run.id).around(Step.ring(CampaignDue.TOPIC).run(run.id),
                here -> emitter.sendMessage(message(run, here))));
    }

    private Message<String> message(RunDocument run, Branch rung) {
        var event = OutgoingCloudEventMetadata.builder().withId(run.id).withType(CampaignDue.TYPE).withSource(SOURCE)
                .withTimestamp(run.startedAt.atZone(ZoneOffset.UTC)).withDataContentType("application/json");
        Position ledger = continuity.position();
        if (ledger != null) {
            event.withExtension(CloudEventHeaders.INCARNATION, ledger.incarnation()).withExtension(CloudEventHeaders.GENERATION,
                    Long.toString(ledger.generation()));
        }
        RecordHeaders headers = new RecordHeaders();
        TraceParent.write(rung, headers);
        return Message.of(value(run), Metadata.of(event.build(),
                OutgoingKafkaRecordMetadata.<String>builder().withKey(run.campaignId).withHeaders(headers).build()));
    }

    private String value(RunDocument run) {
        try {
            return json.writeValueAsString(new CampaignDue(run.id, run.scheduledFor));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of two texts cannot fail to be written", e);
        }
    }
}
