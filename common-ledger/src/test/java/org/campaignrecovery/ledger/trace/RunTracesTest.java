package org.campaignrecovery.ledger.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.campaignrecovery.model.trace.RunTrace;
import org.junit.jupiter.api.Test;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.smallrye.mutiny.Uni;

class RunTracesTest {
    private static final String RUN = "65f0@2026-11-27T18:00:00Z";

    private final CollectedSpans spans = new CollectedSpans();
    private final RunTraces api = spans.traces(Sampler.parentBased(Sampler.alwaysOn()));
    private final RunTraces worker = spans.traces(Sampler.parentBased(Sampler.alwaysOn()));

    @Test
    void whoMadeTheRunBeginsItsTrace() {
        api.beginning(RUN, "65f0", Uni.createFrom().item(false)).await().indefinitely();
        assertThat(spans.all()).as("somebody else has made it").isEmpty();

        api.beginning(RUN, "65f0", Uni.createFrom().item(true)).await().indefinitely();
        SpanData root = spans.named("run");
        assertThat(root.getTraceId()).isEqualTo(RunTrace.of(RUN).traceId());
        assertThat(root.getSpanId()).isEqualTo(RunTrace.of(RUN).rootId());
        assertThat(root.getParentSpanContext().isValid()).as("nothing is above it").isFalse();
    }

    /** A sweep, a replay, whoever takes over: nobody has told them. */
    @Test
    void whoeverWorksOnTheRunFindsItsTrace() {
        worker.of(RUN).grow(Step.inside("take batch"));
        SpanData taken = spans.named("take batch");
        assertThat(taken.getTraceId()).isEqualTo(RunTrace.of(RUN).traceId());
        assertThat(taken.getParentSpanId()).isEqualTo(RunTrace.of(RUN).rootId());
        assertThat(taken.getSpanId()).as("its own").isNotEqualTo(RunTrace.of(RUN).rootId());
    }

    @Test
    void anEventLeadsToWhereItWasRung() {
        RecordHeaders headers = new RecordHeaders();
        api.of(RUN).around(Step.ring("campaign-due"), here -> {
            TraceParent.write(here, headers);
            return Uni.createFrom().voidItem();
        }).await().indefinitely();
        worker.of(RUN, TraceParent.read(headers)).grow(Step.heard("take planning", "campaign-due"));

        assertThat(spans.named("take planning").getParentSpanId()).isEqualTo(spans.named("send campaign-due").getSpanId());
        assertThat(spans.named("take planning").getTraceId()).isEqualTo(RunTrace.of(RUN).traceId());
    }

    /** Of another run, of another system, or nonsense. */
    @Test
    void anEventFromElsewhereDoesNotLeadAstray() {
        RecordHeaders other = new RecordHeaders();
        TraceParent.write(api.of("65f1@2026-11-27T18:00:00Z"), other);
        for (String traceparent : new String[]{null, "", "nonsense", TraceParent.read(other)}) {
            worker.of(RUN, traceparent).grow(Step.inside("taken"));
        }
        assertThat(spans.all()).hasSize(4).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(RunTrace.of(RUN).traceId());
            assertThat(span.getParentSpanId()).isEqualTo(RunTrace.of(RUN).rootId());
        });
    }

    /** What an api and a worker decide by the same setting is the same, and all of a run or nothing of it is exported. */
    @Test
    void aRunIsSampledByAllOrByNobody() {
        RunTraces half = spans.traces(Sampler.parentBased(Sampler.traceIdRatioBased(0.5)));
        RunTraces otherHalf = spans.traces(Sampler.parentBased(Sampler.traceIdRatioBased(0.5)));
        int sampled = 0;
        for (int n = 0; n < 100; n++) {
            String run = "65f0@manual:" + n;
            int before = spans.all().size();
            half.beginning(run, "65f0", Uni.createFrom().item(true)).await().indefinitely();
            boolean root = spans.all().size() > before;
            assertThat(otherHalf.of(run) != Branch.NONE).isEqualTo(root);
            sampled += root ? 1 : 0;
        }
        assertThat(sampled).isBetween(25, 75);
    }

    @Test
    void whereNothingIsTracedWorkStaysWhatItIs() {
        RunTraces off = new RunTraces(null, new RunIds());
        Branch branch = off.of(RUN, "00-%s-%s-01".formatted(RunTrace.of(RUN).traceId(), RunTrace.of(RUN).rootId()));
        Uni<String> work = Uni.createFrom().item("done");
        RecordHeaders headers = new RecordHeaders();
        TraceParent.write(branch, headers);

        assertThat(branch).isSameAs(Branch.NONE);
        assertThat(branch.around(Step.inside("work"), work)).isSameAs(work);
        assertThat(off.beginning(RUN, "65f0", Uni.createFrom().item(true)).await().indefinitely()).isTrue();
        assertThat(headers).isEmpty();
    }

    /** What a driver or a provider says may quote an address. */
    @Test
    void aFailureIsToldWithoutItsWords() {
        Uni<Void> failing = Uni.createFrom().failure(new IllegalStateException("no such user: ada@example.org"));
        api.of(RUN).around(Step.inside("claim"), failing).onFailure().recoverWithNull().await().indefinitely();

        SpanData claim = spans.named("claim");
        assertThat(claim.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(claim.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo(IllegalStateException.class.getName());
        assertThat(claim.getEvents()).isEmpty();
        assertThat(claim.toString()).doesNotContain("ada@");
    }
}
