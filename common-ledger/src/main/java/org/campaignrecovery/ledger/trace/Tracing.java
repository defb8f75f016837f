package org.campaignrecovery.ledger.trace;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.startup.BootId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;

/** OpenTelemetry in this process: there from the start if a variable says where traces go, otherwise never. */
@Startup
@ApplicationScoped
class Tracing {
    private static final Logger LOG = Logger.getLogger(Tracing.class);
    private static final int AFTER_ALL_OTHERS = Integer.MAX_VALUE;
    private static final int LAST_EXPORT_SECONDS = 2;

    private final RunIds ids = new RunIds();
    private final Optional<SdkTracerProvider> provider;

    Tracing(TracingConfig config, BootId boot, @ConfigProperty(name = "quarkus.application.name") String service) {
        provider = config.endpoint().map(endpoint -> OtlpExport.open(config, endpoint, service, boot.value(), ids));
        config.endpoint().ifPresent(endpoint -> LOG.info("runs are traced (OTEL_EXPORTER_OTLP_ENDPOINT)"));
    }

    /** Makes the spans; empty without traces. */
    Optional<SdkTracerProvider> provider() {
        return provider;
    }

    /** The ids of what the provider makes. */
    RunIds ids() {
        return ids;
    }

    /** Runs on the thread of the shutdown. A collector that does not answer holds up no end. */
    void stop(@Observes @Priority(AFTER_ALL_OTHERS) ShutdownEvent event) {
        provider.ifPresent(spans -> spans.shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS));
    }
}
