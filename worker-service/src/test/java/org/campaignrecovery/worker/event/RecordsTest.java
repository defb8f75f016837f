package org.campaignrecovery.worker.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.campaignrecovery.ledger.doorbell.PoisonException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;

class RecordsTest {
    private static final String TYPE = "campaign.due.v1";

    @Test
    void readsTheMemberAndIgnoresWhatLaterVersionsAdd() {
        assertThat(read("{\"runId\":\"c@1\",\"more\":{\"a\":[1]}}", TYPE)).isEqualTo("c@1");
    }

    @Test
    void readsAnEventWithoutAttributes() {
        assertThat(read("{\"runId\":\"c@1\"}", null)).isEqualTo("c@1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "null", "42", "\"text\"", "[]", "[{\"runId\":\"c@1\"}]", "{", "{}", "{\"runId\":null}",
            "{\"runId\":7}", "{\"runId\":{}}", "{\"run\":\"c@1\"}", "\u0000\u0001", "not JSON"})
    void whatIsNoSuchEventIsPoison(String payload) {
        assertThatThrownBy(() -> read(payload, TYPE)).isInstanceOf(PoisonException.class);
    }

    @Test
    void anEventOfAnotherTypeIsPoisonAndSaysWhich() {
        assertThatThrownBy(() -> read("{\"runId\":\"c@1\"}", "campaign.due.v2")).isInstanceOf(PoisonException.class)
                .hasMessageContaining("campaign.due.v2").hasMessageContaining(TYPE);
    }

    private static String read(String payload, String type) {
        ConsumerRecord<String, String> kafka = new ConsumerRecord<>("campaign-due", 0, 0, "key", payload);
        if (type != null) {
            kafka.headers().add("ce_type", type.getBytes(UTF_8));
        }
        return Records.required(Message.of(payload).addMetadata(new IncomingKafkaRecordMetadata<>(kafka, "campaign-due")), TYPE, "runId");
    }
}
