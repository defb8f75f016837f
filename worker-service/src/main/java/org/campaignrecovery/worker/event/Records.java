package org.campaignrecovery.worker.event;

import java.util.Optional;

import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.doorbell.EventValue;
import org.campaignrecovery.ledger.trace.TraceParent;
import org.campaignrecovery.model.generation.Position;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;

/** Reads our events as Kafka brings them. */
public final class Records {

    private Records() {
    }

    /** Where the ledger stood when the event was made; empty for one that does not say. */
    public static Optional<Position> ledger(Message<String> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class).flatMap(record -> CloudEventHeaders.position(record.getHeaders()));
    }

    /** Where in a trace the event was rung, or null when it does not say. */
    public static String traceparent(Message<String> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class).map(record -> TraceParent.read(record.getHeaders())).orElse(null);
    }

    /**
     * A member of the event's value.
     *
     * @throws org.campaignrecovery.ledger.doorbell.PoisonException if the record has another type than {@code type}, is not JSON or lacks the
     *         member; it says which
     */
    public static String required(Message<String> message, String type, String member) {
        String actual = message.getMetadata(IncomingKafkaRecordMetadata.class).map(record -> CloudEventHeaders.type(record.getHeaders()))
                .orElse(null);
        return EventValue.required(actual, message.getPayload(), type, member);
    }
}
