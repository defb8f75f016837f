package org.campaignrecovery.ledger.trace;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Traces, by OpenTelemetry's standard variables. */
@ConfigMapping(prefix = "campaign.tracing")
public interface TracingConfig {

    /** OTEL_EXPORTER_OTLP_ENDPOINT: the collector; {@code /v1/traces} is added. Without it there are no traces. */
    Optional<String> endpoint();

    /** OTEL_EXPORTER_OTLP_HEADERS: what is sent with each request, {@code name=value}, separated by commas. */
    Optional<String> headers();

    /** OTEL_TRACES_SAMPLER: which runs have a trace. */
    String sampler();

    /** OTEL_TRACES_SAMPLER_ARG: the part of them, for {@code traceidratio}. */
    Optional<String> samplerArg();
}
