package org.campaignrecovery.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.bson.Document;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.proto.trace.v1.Span;

/** What a collector of traces is told of runs, and what it is not told (docs/tracing.md). */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TraceIT {
    private static final Duration END = Duration.ofSeconds(90);
    private static final Duration EXPORTED = Duration.ofSeconds(15);

    /** docs/tracing.md names them all; a span of anything else (a request, a query) would be one that nobody has looked at. */
    private static final Set<String> KNOWN = Set.of("run", "send campaign-due", "take planning", "plan", "plan page",
            "send campaign-batch", "take batch", "work on batch", "group", "claim", "send email", "send sms", "record", "end run");

    @RegisterExtension
    static final Collector collector = Collector.listening();

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(300).answeringAfter(Duration.ofMillis(500))
            .withEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address()).withEnvironment("STACK_KEEP_RAW", "true")
            .withApiSettings("LOG_FORMAT=json")
            .withWorkerSettings("campaign.planning.first-page=40", "campaign.planning.page=40");

    /**
     * One trace id runs from the api through Kafka to the provider call; nobody's address, name or message is in it.
     * <p>
     * Fails when an event does not say where it was rung, when it is not heard, when a group does not know its batch's place, or when a span
     * says what a provider or a query says.
     */
    @Test
    void aRunIsOneTraceFromTheApiToTheProvider() {
        // By events alone, so that every way leads over Kafka.
        Worker worker = scene.worker(1, "campaign.sweep.enabled=false");
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        mission.awaitCompleted(END);
        List<TraceSpan> trace = awaitWhole(run);

        assertThat(collector.all().stream().filter(span -> mentions(span, run)).map(TraceSpan::trace).distinct())
                .as("traces that have something of the run").containsExactly(traceOf(run));
        assertOneRootAndNoLooseEnds(trace);
        for (String channel : List.of("email", "sms")) {
            assertThat(calls(trace, channel)).as("calls of the %s provider", channel).isNotEmpty().allSatisfy(
                    call -> assertThat(call.way(trace)).containsExactly("worker-service send " + channel, "worker-service group",
                            "worker-service take batch", "worker-service send campaign-batch", "worker-service plan page",
                            "worker-service take planning", "api-service send campaign-due", "api-service run"));
        }
        assertCallsSayWhatTheLedgerSays(run, trace);
        assertSampled(run, trace);
        assertNothingPersonal(mission);
        assertThat(collector.all()).as("spans of anything else").allMatch(span -> KNOWN.contains(span.name()));
        assertThat(collector.strays()).as("requests for anything but traces").isEmpty();
        assertThat(Threads.of(worker.process().pid())).as("the exporter's thread, whose absence TracingOffIT looks for")
                .anyMatch(Threads.EXPORTER);
        assertThat(JsonLogs.of(scene.log("api-1")).about("traceId", traceOf(run))).as("lines of the api about the trace").isPositive();
    }

    /**
     * The work that a killed worker leaves behind goes on in the same trace, which hangs together although the killed worker's last spans
     * are lost.
     * <p>
     * Fails when whoever takes over begins a trace of its own, or when spans hang on one that lasts as long as the work.
     */
    @Test
    void aTakeoverStaysInTheTrace() {
        List<Worker> workers = scene.workers(2, "campaign.lease.dead-after=8s");
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        Worker victim = workers.get(0);
        String killed = victim.awaitSending(scene.ledger(), run);
        assertThat(Poll.until(EXPORTED, Duration.ofMillis(20), () -> plannedAndSending(run, killed))).as("planned and sending").isTrue();
        victim.process().kill();
        Set<String> held = scene.ledger().leasedBy(run, killed);
        assertThat(held).as("batches that the killed worker held").isNotEmpty();
        mission.awaitCompleted(END);
        List<TraceSpan> trace = awaitWhole(run);

        assertOneRootAndNoLooseEnds(trace);
        assertThat(held).allSatisfy(batch -> assertThat(trace.stream().filter(span -> span.name().equals("take batch")
                && batch.equals(span.says().get("campaign.batch.id")) && "2".equals(span.says().get("campaign.epoch")))).as(batch)
                .singleElement().satisfies(taken -> {
                    assertThat(taken.process()).isNotEqualTo(killed);
                    assertThat(taken.way(trace)).containsExactly("worker-service take batch", "api-service run");
                }));
        assertThat(trace.stream().filter(span -> span.kind() == Span.SpanKind.SPAN_KIND_CLIENT).map(TraceSpan::process))
                .as("both workers' calls are in the one trace").contains(killed).anyMatch(process -> !process.equals(killed));
    }

    private static boolean plannedAndSending(String run, String process) {
        List<TraceSpan> trace = collector.trace(traceOf(run));
        return count(trace, "plan") == 1 && count(trace, "send campaign-batch") == scene.ledger().batches(run).size()
                && trace.stream().anyMatch(span -> span.kind() == Span.SpanKind.SPAN_KIND_CLIENT && span.process().equals(process));
    }

    /** The trace once its end has been told and everything has something to hang on, or as it is after a while. */
    private static List<TraceSpan> awaitWhole(String run) {
        Poll.until(EXPORTED, () -> {
            List<TraceSpan> trace = collector.trace(traceOf(run));
            return count(trace, "end run") == 1 && looseEnds(trace).isEmpty();
        });
        return collector.trace(traceOf(run));
    }

    private static void assertOneRootAndNoLooseEnds(List<TraceSpan> trace) {
        assertThat(trace.stream().filter(span -> span.parent().isEmpty())).as("beginnings of the trace").singleElement()
                .satisfies(root -> assertThat(root.name()).isEqualTo("run"));
        assertThat(looseEnds(trace)).as("spans that hang on one that nobody has exported").isEmpty();
        assertThat(trace.stream().map(TraceSpan::id)).doesNotHaveDuplicates();
        assertThat(count(trace, "end run")).as("ends of the run").isEqualTo(1);
    }

    private static List<TraceSpan> looseEnds(List<TraceSpan> trace) {
        return trace.stream().filter(span -> !span.parent().isEmpty() && span.under(trace).isEmpty()).toList();
    }

    private static List<TraceSpan> calls(List<TraceSpan> trace, String channel) {
        return trace.stream().filter(span -> span.kind() == Span.SpanKind.SPAN_KIND_CLIENT && span.name().equals("send " + channel))
                .toList();
    }

    private static void assertCallsSayWhatTheLedgerSays(String run, List<TraceSpan> trace) {
        Map<String, Document> deliveries = scene.ledger().deliveries(run).stream()
                .collect(Collectors.toMap(delivery -> delivery.getString("_id"), delivery -> delivery));
        assertThat(trace.stream().filter(span -> span.kind() == Span.SpanKind.SPAN_KIND_CLIENT)).allSatisfy(call -> {
            Document delivery = deliveries.get(call.says().get("campaign.delivery.id"));
            assertThat(call.says()).isEqualTo(Map.of("campaign.run.id", run, "campaign.batch.id", delivery.getString("batch"),
                    "campaign.delivery.id", delivery.getString("_id"), "campaign.channel", delivery.getString("channel"),
                    "campaign.delivery.attempt", "1", "campaign.outcome", "sent"));
            assertThat(call.error()).isFalse();
        });
    }

    /** Of every batch one group, of sixteen e-mails or eight SMS at most. */
    private static void assertSampled(String run, List<TraceSpan> trace) {
        int batches = scene.ledger().batches(run).size();
        assertThat(count(trace, "take batch")).isEqualTo(batches);
        assertThat(count(trace, "group")).isEqualTo(batches);
        assertThat(count(trace, "claim")).isEqualTo(batches);
        assertThat(count(trace, "record")).isEqualTo(batches);
        assertThat(calls(trace, "email")).hasSizeLessThanOrEqualTo(batches / 2 * 16).hasSizeLessThan(scene.sample().email().planned());
        assertThat(calls(trace, "sms")).hasSizeLessThanOrEqualTo(batches / 2 * 8).hasSizeLessThan(scene.sample().sms().planned());
    }

    private static void assertNothingPersonal(Mission mission) {
        Set<String> personal = new HashSet<>(mission.receivers());
        for (Document order : scene.sample()) {
            for (String field : List.of("name", "email", "phone")) {
                if (order.get(field) instanceof String text && text.trim().length() > 4) {
                    personal.add(text.trim());
                }
            }
        }
        personal.addAll(List.of("Something for you", "10 % cheaper", "Hello", "@customers"));
        assertThat(personal).hasSizeGreaterThan(300);
        assertThat(collector.occurring(personal)).as("addresses, names and texts that were exported").isEmpty();
        assertThat(mission.sources()).as("what the mail server was given").isNotEmpty().allSatisfy(
                mail -> assertThat(mail).contains("10 % cheaper").doesNotContainIgnoringCase("traceparent")
                        .doesNotContain(traceOf(mission.run())));
    }

    private static boolean mentions(TraceSpan span, String run) {
        return span.says().values().stream().anyMatch(value -> value.equals(run) || value.startsWith(run + ":"));
    }

    private static long count(List<TraceSpan> trace, String name) {
        return trace.stream().filter(span -> span.name().equals(name)).count();
    }

    /** As docs/tracing.md says: the first half of the run's SHA-256. */
    private static String traceOf(String run) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(run.getBytes(UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
