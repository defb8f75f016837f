package org.campaignrecovery.worker.event;

import java.util.Optional;

import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.model.generation.Position;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Reads our events. Unknown members of the value are ignored: events only gain fields. */
public final class Records {

    private Records() {
    }

    /** Where the ledger stood when the event was made; empty for one that does not say. */
    public static Optional<Position> ledger(Message<String> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class).flatMap(record -> CloudEventHeaders.position(record.getHeaders()));
    }

    /**
     * A member of the event's value.
     *
     * @throws PoisonException if the record has another type than {@code type}, is not JSON or lacks the member; it says which
     */
    public static String required(Message<String> message, String type, String member) {
        message.getMetadata(IncomingKafkaRecordMetadata.class).map(record -> CloudEventHeaders.type(record.getHeaders()))
                .filter(actual -> !type.equals(actual)).ifPresent(actual -> {
                    throw new PoisonException("the event's type is %s, this version understands %s".formatted(actual, type));
                });
        if (object(message.getPayload()).getValue(member) instanceof String value) {
            return value;
        }
        throw new PoisonException("the event's value has no text '%s'".formatted(member));
    }

    /** Not by JsonObject's constructor: it takes {@code null}, which is JSON, for an object and fails later. */
    private static JsonObject object(String payload) {
        try {
            if (payload != null && Json.decodeValue(payload) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException e) {
            throw new PoisonException("the event's value is not JSON");
        }
        throw new PoisonException("the event's value is not a JSON object");
    }
}
