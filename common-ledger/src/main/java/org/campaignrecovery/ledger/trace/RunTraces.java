package org.campaignrecovery.ledger.trace;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.campaignrecovery.model.trace.RunTrace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.smallrye.mutiny.Uni;

/**
 * The one trace of each run. Its ids follow from the run's ({@link RunTrace}), and so does whether it is sampled: whoever works on a run
 * finds its trace without having been told, be it a sweep, a replay or another process after a kill.
 */
@ApplicationScoped
public class RunTraces {
    private static final String ROOT = "run";

    private final RunIds ids;
    private final Sampler sampler;
    private final Tracer tracer;

    @Inject
    RunTraces(Tracing tracing) {
        this(tracing.provider().orElse(null), tracing.ids());
    }

    /** @param provider null: nothing is traced */
    RunTraces(SdkTracerProvider provider, RunIds ids) {
        this.ids = ids;
        this.sampler = provider == null ? Sampler.alwaysOff() : provider.getSampler();
        this.tracer = provider == null ? null : provider.get("org.campaignrecovery");
    }

    /** Where the run's trace begins, for what nothing in particular has led to. */
    public Branch of(String run) {
        if (tracer == null) {
            return Branch.NONE;
        }
        RunTrace trace = RunTrace.of(run);
        return sampled(trace) ? at(root(trace)) : Branch.NONE;
    }

    /**
     * Where an event was rung, if that was in the trace of this run; otherwise where the trace begins.
     *
     * @param traceparent of the event, or null
     */
    public Branch of(String run, String traceparent) {
        Branch root = of(run);
        if (root == Branch.NONE) {
            return root;
        }
        SpanContext rung = TraceParent.span(traceparent);
        return rung.isValid() && rung.getTraceId().equals(RunTrace.of(run).traceId()) ? at(rung) : root;
    }

    /**
     * The same work; the run's trace begins with it if this was who made the run. Whoever was not says nothing, so that a trace has one
     * beginning.
     */
    public Uni<Boolean> beginning(String run, String campaign, Uni<Boolean> made) {
        if (tracer == null) {
            return made;
        }
        return Uni.createFrom().deferred(() -> {
            Span root = ids.begin(RunTrace.of(run), Step.inside(ROOT).run(run).campaign(campaign).with(tracer));
            return made.invoke(ours -> {
                if (ours) {
                    root.end();
                }
            });
        });
    }

    /** As the root itself is asked about, so that who works on a run comes to the answer of who made it. */
    private boolean sampled(RunTrace trace) {
        return sampler.shouldSample(Context.root(), trace.traceId(), ROOT, SpanKind.INTERNAL, Attributes.empty(), List.of())
                .getDecision() == SamplingDecision.RECORD_AND_SAMPLE;
    }

    private static SpanContext root(RunTrace trace) {
        return SpanContext.createFromRemoteParent(trace.traceId(), trace.rootId(), TraceFlags.getSampled(), TraceState.getDefault());
    }

    private Branch at(SpanContext span) {
        return new Branch(tracer, Context.root().with(Span.wrap(span)));
    }
}
