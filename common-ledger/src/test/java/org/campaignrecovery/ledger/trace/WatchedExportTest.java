package org.campaignrecovery.ledger.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

class WatchedExportTest {
    private final List<String> lines = new ArrayList<>();
    private final ExtFormatter text = new PatternFormatter("%s");
    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(text.format(record));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(WatchedExport.class.getName()).addHandler(reader);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger(WatchedExport.class.getName()).removeHandler(reader);
    }

    /** A collector is away for a night, and every second something is exported. */
    @Test
    void anOutageIsTwoLines() {
        CompletableResultCode away = CompletableResultCode.ofExceptionalFailure(new IllegalStateException(new ConnectException()));
        WatchedExport export = answering(CompletableResultCode.ofSuccess(), away, away, away, CompletableResultCode.ofSuccess(),
                CompletableResultCode.ofSuccess());
        for (int n = 0; n < 6; n++) {
            export.export(Arrays.asList(null, null));
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("OTEL_EXPORTER_OTLP_ENDPOINT", "is not reached (ConnectException)");
        assertThat(lines.get(1)).contains("n=6 were lost");
    }

    @Test
    void aRefusalIsNoOutage() {
        answering(CompletableResultCode.ofExceptionalFailure(new IllegalStateException())).export(List.of());
        answering(CompletableResultCode.ofFailure()).export(Arrays.asList((SpanData) null));
        assertThat(lines).hasSize(2).allMatch(line -> line.contains("refuses them"));
    }

    private static WatchedExport answering(CompletableResultCode... answers) {
        List<CompletableResultCode> left = new ArrayList<>(List.of(answers));
        return new WatchedExport(new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                return left.remove(0);
            }

            @Override
            public CompletableResultCode flush() {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        });
    }
}
