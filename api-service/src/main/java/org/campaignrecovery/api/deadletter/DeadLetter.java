package org.campaignrecovery.api.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An event that nobody could understand. It holds no address.
 *
 * @param at when it was put there
 * @param key or missing when it had none, cut like everything that others may have written
 * @param type the event's type as it says itself, or missing
 * @param reason what the worker said that refused it
 * @param handled whether a re-drive has passed it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DeadLetter", requiredProperties = {"topic", "partition", "offset", "at", "handled"})
public record DeadLetter(String topic, int partition, long offset, Instant at, String key, String type, String reason, boolean handled) {
    static final String REASON = "dead-letter-reason";
    private static final int LONGEST = 200;

    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, long handledUpTo) {
        Header reason = record.headers().lastHeader(REASON);
        return new DeadLetter(record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()),
                readable(record.key()), cut(CloudEventHeaders.type(record.headers())), reason == null ? null : readable(reason.value()),
                record.offset() < handledUpTo);
    }

    static String readable(byte[] bytes) {
        return bytes == null ? null : cut(new String(bytes, UTF_8));
    }

    static String cut(String text) {
        if (text == null) {
            return null;
        }
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "…" : printable;
    }
}
