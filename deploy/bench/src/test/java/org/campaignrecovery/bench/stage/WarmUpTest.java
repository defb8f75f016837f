package org.campaignrecovery.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void goesOnAsLongAsItGetsFaster() throws IOException {
        Iterator<Double> rates = List.of(300.0, 500.0, 700.0, 720.0, 900.0).iterator();
        assertThat(WarmUp.with(rates::next)).as("when nothing was warm").isEqualTo(300);
        assertThat(rates).toIterable().as("not sent any more").containsExactly(900.0);
    }

    @Test
    void aRoundThatWasSlowedDownDoesNotMakeTheNextOneLookFast() throws IOException {
        Iterator<Double> rates = List.of(500.0, 400.0, 480.0).iterator();
        WarmUp.with(rates::next);
        assertThat(rates).toIterable().containsExactly(480.0);
    }

    @Test
    void comesToAnEnd() throws IOException {
        Iterator<Double> rates = Stream.iterate(1.0, rate -> 2 * rate).iterator();
        WarmUp.with(rates::next);
        assertThat(rates.next()).isEqualTo(256);
    }
}
