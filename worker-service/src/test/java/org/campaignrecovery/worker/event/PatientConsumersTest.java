package org.campaignrecovery.worker.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

class PatientConsumersTest {
    private final PatientConsumers patience = new PatientConsumers();

    @Test
    void aConsumerOutlivesAnOutageOfHours() {
        Map<String, Object> client = patience.customize("campaign-batch", null, new HashMap<>(Map.of("group.id", "campaign-sender")));
        assertThat((Integer) client.get("default.api.timeout.ms")).isGreaterThan(12 * 3_600_000);
        assertThat(client).containsEntry("group.id", "campaign-sender");
    }

    @Test
    void aProducerIsLeftAsItIs() {
        assertThat(patience.customize("batch-ready", null, new HashMap<>(Map.of("acks", "all")))).isEqualTo(Map.of("acks", "all"));
    }
}
