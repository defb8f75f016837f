package org.campaignrecovery.ledger.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.opentelemetry.sdk.trace.SdkTracerProvider;

class OtlpExportTest {

    @Test
    void goesWhereTheVariableSays() {
        try (SdkTracerProvider provider = open("http://127.0.0.1:9/collector", "parentbased_traceidratio")) {
            assertThat(provider.toString()).contains("http://127.0.0.1:9/collector/v1/traces", "worker-service", "boot-1",
                    "TraceIdRatioBased{0.25");
        }
    }

    @Test
    void whatMakesNoSenseIsSaidInOneLine() {
        assertThatThrownBy(() -> open("collector:4318", "parentbased_always_on")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OTEL_").hasMessageContaining("collector:4318").hasMessageNotContaining("\n");
        assertThatThrownBy(() -> open("http://127.0.0.1:9", "now and then")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OTEL_").hasMessageContaining("now and then").hasMessageNotContaining("\n");
    }

    private static SdkTracerProvider open(String endpoint, String sampler) {
        return OtlpExport.open(new TracingConfig() {
            @Override
            public Optional<String> endpoint() {
                return Optional.of(endpoint);
            }

            @Override
            public Optional<String> headers() {
                return Optional.of("authorization=Bearer x");
            }

            @Override
            public String sampler() {
                return sampler;
            }

            @Override
            public Optional<String> samplerArg() {
                return Optional.of("0.25");
            }
        }, endpoint, "worker-service", "boot-1", new RunIds());
    }
}
