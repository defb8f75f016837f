package org.campaignrecovery.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class BenchSettingsTest {
    @Test
    void theUsualSizes() {
        assertThat(BenchSettings.of(Map.of(), "10000,100000").sizes()).isEqualTo(List.of(10_000, 100_000));
        assertThat(BenchSettings.of(Map.of("SIZES", ""), "10000,100000").sizes()).hasSize(2);
    }

    @Test
    void othersAreNamed() {
        assertThat(BenchSettings.of(Map.of("SIZES", "500, 1000"), "1").sizes()).isEqualTo(List.of(500, 1_000));
    }

    @Test
    void whatIsNoNumberIsSaid() {
        for (String wrong : List.of("ten", "0", "1000;2000", "-1")) {
            assertThatThrownBy(() -> BenchSettings.of(Map.of("SIZES", wrong), "1")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }
}
