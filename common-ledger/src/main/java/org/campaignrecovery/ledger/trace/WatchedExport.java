package org.campaignrecovery.ledger.trace;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Says once that the collector does not take spans, and once that it takes them again; what is exported meanwhile is lost. */
final class WatchedExport implements SpanExporter {
    private static final Logger LOG = Logger.getLogger(WatchedExport.class);

    private final SpanExporter exporter;
    private final AtomicLong lost = new AtomicLong();

    WatchedExport(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int number = spans.size();
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> ended(result, number));
    }

    private void ended(CompletableResultCode result, int spans) {
        if (!result.isSuccess()) {
            if (lost.getAndAdd(spans) == 0) {
                LOG.warnf(
                        "the collector of traces (OTEL_EXPORTER_OTLP_ENDPOINT) %s: spans are lost until it takes them, nothing else waits "
                                + "for it; the log category io.opentelemetry.exporter says more",
                        told(result.getFailureThrowable()));
            }
        } else if (lost.get() > 0) {
            LOG.infof("the collector of traces takes spans again, n=%d were lost", lost.getAndSet(0));
        }
    }

    private static String told(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null || cause == failure ? "refuses them" : "is not reached (" + cause.getClass().getSimpleName() + ")";
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public String toString() {
        return exporter.toString();
    }
}
