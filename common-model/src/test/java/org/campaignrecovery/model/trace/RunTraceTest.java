package org.campaignrecovery.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class RunTraceTest {

    /** Whoever reads a run's id in a log finds its trace: {@code printf %s "$run" | sha256sum | cut -c1-32}. */
    @Test
    void aRunHasOneTraceWhoeverAsks() {
        assertThat(RunTrace.of("65f0@2026-11-27T18:00:00Z"))
                .isEqualTo(new RunTrace("b269aa2c22e2d893b8a06db56fe2181c", "4695d55f5eec84e0"));
    }

    @Test
    void runsHaveTracesOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (int n = 0; n < 1_000; n++) {
            RunTrace trace = RunTrace.of("65f0@manual:" + n);
            assertThat(trace.traceId()).matches("[0-9a-f]{32}");
            assertThat(trace.rootId()).matches("[0-9a-f]{16}");
            ids.add(trace.traceId());
            ids.add(trace.rootId());
        }
        assertThat(ids).hasSize(2_000);
    }
}
