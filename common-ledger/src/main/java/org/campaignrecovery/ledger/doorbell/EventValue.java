package org.campaignrecovery.ledger.doorbell;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Reads the values of our events. Members that it does not know are ignored: events only gain fields. */
public final class EventValue {
    private EventValue() {
    }

    /**
     * A member of an event's value.
     *
     * @param actualType the event's type, or null when it does not say one
     * @throws PoisonException if it has another type than {@code type}, is not JSON or lacks the member; it says which
     */
    public static String required(String actualType, String payload, String type, String member) {
        if (actualType != null && !type.equals(actualType)) {
            throw new PoisonException("the event's type is %s, this version understands %s".formatted(actualType, type));
        }
        if (object(payload).getValue(member) instanceof String value) {
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
