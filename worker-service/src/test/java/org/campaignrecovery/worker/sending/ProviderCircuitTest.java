package org.campaignrecovery.worker.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.circuit.CircuitPolicy;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.ProviderCircuit.Entry;
import org.junit.jupiter.api.Test;

class ProviderCircuitTest {
    private static final ProviderAnswer GOOD = ProviderAnswer.heard(new Outcome.Accepted(null));
    private static final ProviderAnswer BAD = ProviderAnswer.unreached("connection refused");

    private long now;
    private final ProviderCircuit circuit = new ProviderCircuit(Channel.EMAIL,
            new CircuitPolicy(2, Duration.ofSeconds(5), Duration.ofMinutes(1)), () -> now);

    @Test
    void aProviderInTroubleIsLeftAloneAndThenTriedByOne() {
        assertThat(circuit.enter()).isEqualTo(Entry.ALL);
        circuit.hear(BAD);
        assertThat(circuit.stillOpenTo(Entry.ALL)).isTrue();
        circuit.hear(BAD);
        assertThat(circuit.stillOpenTo(Entry.ALL)).as("what is claimed already is stopped too").isFalse();
        assertThat(circuit.enter()).isEqualTo(Entry.NONE);
        assertThat(circuit.pause()).isEqualTo(Duration.ofSeconds(5));
        now += Duration.ofSeconds(5).toNanos();
        assertThat(circuit.enter()).isEqualTo(Entry.PROBE);
        assertThat(circuit.enter()).as("one at a time").isEqualTo(Entry.NONE);
        assertThat(circuit.stillOpenTo(Entry.PROBE)).isTrue();
        circuit.hear(GOOD);
        circuit.leave(Entry.PROBE);
        assertThat(circuit.enter()).isEqualTo(Entry.ALL);
        assertThat(circuit.description()).isEqualTo("closed");
    }

    @Test
    void aProbeThatFailsIsFollowedByALongerPause() {
        circuit.hear(BAD);
        circuit.hear(BAD);
        now += Duration.ofSeconds(5).toNanos();
        circuit.enter();
        circuit.hear(BAD);
        circuit.leave(Entry.PROBE);
        assertThat(circuit.pause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(circuit.description()).contains("10 s more", "2.");
    }

    @Test
    void aProbeThatWasNotSentFreesItsPlace() {
        circuit.hear(BAD);
        circuit.hear(BAD);
        now += Duration.ofSeconds(5).toNanos();
        assertThat(circuit.enter()).isEqualTo(Entry.PROBE);
        circuit.leave(Entry.PROBE);
        assertThat(circuit.enter()).isEqualTo(Entry.PROBE);
    }
}
