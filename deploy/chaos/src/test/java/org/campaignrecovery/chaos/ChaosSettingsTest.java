package org.campaignrecovery.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;

class ChaosSettingsTest {
    @Test
    void aRoundHasTwentyThousandCustomersUnlessToldOtherwise() {
        assertThat(ChaosSettings.of(Map.of())).isEqualTo(new ChaosSettings(1, 1, 20_000, false, 0));
        assertThat(ChaosSettings.of(Map.of("SEED", "7", "ROUNDS", "20", "RECIPIENTS", "300")))
                .isEqualTo(new ChaosSettings(7, 20, 300, false, 0));
        assertThat(ChaosSettings.of(Map.of("KILLS", "", "BRIEF", "", "SEED", " "))).isEqualTo(new ChaosSettings(1, 1, 20_000, false, 0));
    }

    @Test
    void fiftyKillsAreForAHundredThousand() {
        ChaosSettings settings = ChaosSettings.of(Map.of("KILLS", "50"));
        assertThat(settings.recipients()).isGreaterThan(100_000);
        assertThat(settings.plan(1).strikes()).hasSize(50);
        assertThat(settings.plan(1).channels()).containsExactly("email");
    }

    @Test
    void saysWhichNumberIsNone() {
        assertThatThrownBy(() -> ChaosSettings.of(Map.of("SEED", "lucky"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SEED must be a number, not \"lucky\".");
    }
}
