package org.campaignrecovery.ledger.doorbell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The attributes of an event in CloudEvents' binary mode for Kafka (CloudEvents 1.0, Kafka protocol binding 3.2). */
public final class CloudEventHeaders {
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

    /** The event's type, or null when the record carries none. */
    public static String type(Headers headers) {
        Header type = headers.lastHeader(TYPE);
        return type == null ? null : new String(type.value(), UTF_8);
    }
}
