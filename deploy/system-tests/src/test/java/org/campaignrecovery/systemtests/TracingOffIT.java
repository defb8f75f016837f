package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without OTEL_EXPORTER_OTLP_ENDPOINT there are no traces: nothing to export, nobody who would, and nothing of it in events and logs. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TracingOffIT {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(50).withoutEnvironment(ENDPOINT);

    /** Fails when tracing has an endpoint by default, as OpenTelemetry itself has one. */
    @Test
    void nothingIsTracedUnlessAskedFor() throws Exception {
        assumeTrue(System.getenv(ENDPOINT) == null, "the build itself has it");
        Worker worker = scene.worker(1);
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitCompleted(Duration.ofSeconds(60));

        for (String process : new String[]{"api-1", worker.service().name()}) {
            assertThat(Threads.of(scene.process(process).pid())).as("threads of %s", process).isNotEmpty().noneMatch(Threads.EXPORTER);
            assertThat(scene.log(process)).as("log of %s", process).doesNotContainIgnoringCase("opentelemetry")
                    .doesNotContainIgnoringCase("trace");
        }
        try (var topics = scene.topics()) {
            for (String topic : new String[]{"campaign-due", "campaign-batch"}) {
                assertThat(topics.headers(topic)).as("headers of %s", topic).contains("ce_id").doesNotContain("traceparent");
            }
        }
    }
}
