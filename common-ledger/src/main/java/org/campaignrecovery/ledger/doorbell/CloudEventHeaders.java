package org.campaignrecovery.ledger.doorbell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.campaignrecovery.model.generation.Position;

/** The attributes of an event in CloudEvents' binary mode for Kafka (CloudEvents 1.0, Kafka protocol binding 3.2). */
public final class CloudEventHeaders {
    /** Extension attributes: which ledger the event is about, and where it stood. */
    public static final String INCARNATION = "ledgerincarnation";
    public static final String GENERATION = "ledgergeneration";

    private static final String PREFIX = "ce_";
    private static final String TYPE = "ce_type";

    private CloudEventHeaders() {
    }

    /**
     * @param id the same for the same thing to look at, however often it is rung
     * @param type with its version, for instance {@code campaign.due.v1}
     */
    public static RecordHeaders of(String id, String type, String source, Instant time) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", id.getBytes(UTF_8));
        headers.add(TYPE, type.getBytes(UTF_8));
        headers.add("ce_source", source.getBytes(UTF_8));
        headers.add("ce_time", time.toString().getBytes(UTF_8));
        headers.add("content-type", "application/json".getBytes(UTF_8));
        return headers;
    }

    /** The same with where the ledger stood when the event was made, or without when that is not known yet. */
    public static RecordHeaders of(String id, String type, String source, Instant time, Position ledger) {
        RecordHeaders headers = of(id, type, source, time);
        if (ledger != null) {
            headers.add(PREFIX + INCARNATION, ledger.incarnation().getBytes(UTF_8));
            headers.add(PREFIX + GENERATION, Long.toString(ledger.generation()).getBytes(UTF_8));
        }
        return headers;
    }

    /** Where the ledger stood when the event was made; empty for one that does not say it, or nothing that can be understood. */
    public static Optional<Position> position(Headers headers) {
        Header incarnation = headers.lastHeader(PREFIX + INCARNATION);
        Header generation = headers.lastHeader(PREFIX + GENERATION);
        if (incarnation == null || incarnation.value() == null || generation == null || generation.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(new String(incarnation.value(), UTF_8), Long.parseLong(new String(generation.value(), UTF_8))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The event's type, or null when the record carries none. */
    public static String type(Headers headers) {
        Header type = headers.lastHeader(TYPE);
        return type == null || type.value() == null ? null : new String(type.value(), UTF_8);
    }
}
