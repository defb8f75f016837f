package org.campaignrecovery.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class LogKeysTest {

    @Test
    void idsAreFoundWholeAndWithoutThePunctuationBehindThem() {
        assertThat(LogKeys.of("took over batch=65f0@2026-11-27T18:00:00Z:3:email run=65f0@2026-11-27T18:00:00Z epoch=2: its owner died"))
                .isEqualTo(Map.of("batch", "65f0@2026-11-27T18:00:00Z:3:email", "run", "65f0@2026-11-27T18:00:00Z", "epoch", "2"));
        assertThat(LogKeys.of("given up (campaign=65f0), run=65f0@manual:key;")).containsOnly(Map.entry("campaign", "65f0"),
                Map.entry("run", "65f0@manual:key"));
    }

    @Test
    void whatSomebodyHasWrittenIsNoKey() {
        assertThat(LogKeys.of("started campaign=65f0 name=\"Sale run=other batch=none\" run=65f0@x"))
                .isEqualTo(Map.of("campaign", "65f0", "run", "65f0@x"));
        assertThat(LogKeys.of("https://shop.example/?run=1&lastrun=2 overrun=3")).isEmpty();
    }

    @Test
    void theFirstOfAKeyCounts() {
        assertThat(LogKeys.of("run=a waits for run=b")).isEqualTo(Map.of("run", "a"));
    }

    @Test
    void aMessageWithoutKeysHasNone() {
        assertThat(LogKeys.of("campaign scheduler started - checking every 1s")).isEmpty();
        assertThat(LogKeys.of("run= batch=:")).isEmpty();
        assertThat(LogKeys.of(null)).isEmpty();
    }

    @Test
    void aRunIsSaidByItselfOrByABatchOfIts() {
        assertThat(LogKeys.run(Map.of("run", "65f0@x", "batch", "other@y:3:email"))).contains("65f0@x");
        assertThat(LogKeys.run(Map.of("batch", "65f0@2026-11-27T18:00:00Z:3:email"))).contains("65f0@2026-11-27T18:00:00Z");
        assertThat(LogKeys.run(Map.of("batch", "no batch"))).isEmpty();
        assertThat(LogKeys.run(Map.of("campaign", "65f0"))).isEmpty();
    }
}
