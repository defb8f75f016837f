package org.campaignrecovery.api.continuity;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.generation.GenerationTopic;
import org.campaignrecovery.model.generation.Position;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/** Keeps where the ledger stands outside of the ledger: in a compacted topic, of which Kafka keeps the last value for ever. */
@ApplicationScoped
class GenerationPublisher {
    private final MutinyEmitter<String> emitter;
    private final ObjectMapper json;
    private final LedgerClock clock;

    GenerationPublisher(@Channel(GenerationTopic.NAME) MutinyEmitter<String> emitter, ObjectMapper json, LedgerClock clock) {
        this.emitter = emitter;
        this.json = json;
        this.clock = clock;
    }

    /** Completes when Kafka has acknowledged it. Only for what the ledger has acknowledged. */
    Uni<Void> publish(Position position) {
        return Uni.createFrom().deferred(() -> emitter.sendMessage(Message.of(value(position))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder().withKey(GenerationTopic.KEY)
                        .withHeaders(CloudEventHeaders.of("%s:%d".formatted(position.incarnation(), position.generation()),
                                GenerationTopic.TYPE, "/campaign-recovery/api-service", clock.now(), position))
                        .build())));
    }

    private String value(Position position) {
        try {
            return json.writeValueAsString(position);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a position cannot fail to be written", e);
        }
    }
}
