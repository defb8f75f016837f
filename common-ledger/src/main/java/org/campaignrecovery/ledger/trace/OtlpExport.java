package org.campaignrecovery.ledger.trace;

import java.util.HashMap;
import java.util.Map;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/**
 * OpenTelemetry's SDK as its standard variables configure it, for traces only, by OTLP over HTTP. What our own configuration says of a
 * variable wins, since it also knows those that are given as files.
 */
final class OtlpExport {
    private static final String PROTOCOL = "otel.exporter.otlp.protocol";
    private static final String HTTP = "http/protobuf";
    /** What is exported within a second of its end is lost by a killed process only if it was ended in its last second. */
    private static final String SOON = "1000";

    private OtlpExport() {
    }

    /** @throws IllegalStateException with one line that says what to set when a variable makes no sense */
    static SdkTracerProvider open(TracingConfig config, String endpoint, String service, String process, IdGenerator ids) {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook()
                    .setServiceClassLoader(OtlpExport.class.getClassLoader())
                    .addPropertiesSupplier(() -> Map.of("otel.service.name", service, "otel.bsp.schedule.delay", SOON))
                    .addPropertiesCustomizer(given -> properties(config, endpoint, given))
                    .addResourceCustomizer(
                            (resource, given) -> resource.merge(Resource.builder().put("service.instance.id", process).build()))
                    .addSpanExporterCustomizer((exporter, given) -> new WatchedExport(exporter))
                    .addTracerProviderCustomizer((provider, given) -> provider.setIdGenerator(ids)).build().getOpenTelemetrySdk()
                    .getSdkTracerProvider();
        } catch (ConfigurationException e) {
            throw new IllegalStateException(
                    "traces cannot be exported as the variables OTEL_… say: %s".formatted(e.getMessage()));
        }
    }

    private static Map<String, String> properties(TracingConfig config, String endpoint, ConfigProperties given) {
        String protocol = given.getString(PROTOCOL);
        if (protocol != null && !protocol.isBlank() && !protocol.equals(HTTP)) {
            throw new ConfigurationException("OTEL_EXPORTER_OTLP_PROTOCOL must be %s or nothing, not %s".formatted(HTTP, protocol));
        }
        Map<String, String> properties = new HashMap<>();
        properties.put(PROTOCOL, HTTP);
        properties.put("otel.exporter.otlp.endpoint", endpoint);
        properties.put("otel.traces.sampler", config.sampler());
        config.headers().ifPresent(headers -> properties.put("otel.exporter.otlp.headers", headers));
        config.samplerArg().ifPresent(arg -> properties.put("otel.traces.sampler.arg", arg));
        properties.put("otel.metrics.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        return properties;
    }
}
