package org.campaignrecovery.systemtests;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.comparison.Receipts;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator decides about messages in doubt (promises P1, P2 and P3). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DoubtIT {
    private static final Duration END = Duration.ofSeconds(90);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(200).answeringAfter(Duration.ofMillis(500))
            .withWorkerSettings("campaign.lease.dead-after=8s", "campaign.planning.first-page=40", "campaign.planning.page=40");

    /**
     * A worker is killed with messages in the air. Some of the doubt is said to be sent, the rest is sent again: the run is completed again,
     * without doubt; whoever has two messages is marked.
     * <p>
     * Fails when a resend is not marked, when an order is carried out for more than it names, when totals are not taken again, or when
     * docs/metrics.md and what the processes measure are not the same.
     */
    @Test
    void doubtIsResolvedAndOnlyWhatIsMarkedMayArriveTwice() throws Exception {
        List<Worker> workers = scene.workers(2);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        mission.awaitAccepted(60);
        workers.get(0).awaitSending(scene.ledger(), run);
        workers.get(0).process().kill();
        mission.awaitCompleted(END);
        List<String> doubt = scene.ledger().inState(run, "in_doubt").stream().map(one -> one.getString("_id")).sorted().toList();
        assertThat(doubt).as("it was killed with messages in the air").hasSizeGreaterThan(1);

        int half = doubt.size() / 2;
        Set<String> said = Set.copyOf(doubt.subList(0, half));
        ApiClient operator = scene.cluster().login(LocalUsers.OPERATOR);
        assertThat(operator.post("/api/runs/" + run + "/resolve", Map.of("decision", "sent", "deliveries", said)).get("messages").asInt())
                .isEqualTo(half);
        assertThat(operator.post("/api/runs/" + run + "/resolve", Map.of("decision", "resend", "all", true)).get("messages").asInt())
                .isEqualTo(doubt.size() - half);
        mission.awaitCompleted(END);

        Set<String> marked = scene.ledger().deliveries(and(eq("run", run), eq("resent", true))).stream().map(one -> one.getString("_id"))
                .collect(Collectors.toSet());
        assertThat(marked).as("marked").containsExactlyInAnyOrderElementsOf(doubt.subList(half, doubt.size()));
        assertThat(scene.ledger().inState(run, "in_doubt")).isEmpty();
        Receipts mails = Receipts.mails(Path.of(scene.addresses().get("SMTP_RECORD")), run);
        Set<String> ids = scene.ledger().deliveries(run).stream().map(one -> one.getString("_id")).collect(Collectors.toSet());
        Receipts texts = Receipts.texts(Path.of(scene.addresses().get("SMS_RECORD")), ids);
        Set<String> twice = scene.ledger().deliveries(run).stream()
                .filter(one -> (one.getString("channel").equals("email") ? mails : texts).of(one.getString("address")) > 1)
                .map(one -> one.getString("_id"))
                .collect(Collectors.toSet());
        System.out.printf("in doubt %d, said to be sent %d, sent again %d, received twice %d%n", doubt.size(), half, marked.size(),
                twice.size());
        assertThat(marked).as("whoever received two is marked").containsAll(twice);
        assertThat(Poll.until(Duration.ofSeconds(20), () -> scene.ledger().totals(run).equals(scene.ledger().recount(run))))
                .as("totals %s, recount %s", scene.ledger().totals(run), scene.ledger().recount(run)).isTrue();
        assertMeasured(half);
    }

    private static void assertMeasured(int said) {
        LiveMetrics api = LiveMetrics.of("api", scene.cluster().url(ServiceKind.API, 1));
        LiveMetrics worker = LiveMetrics.of("worker", scene.cluster().url(ServiceKind.WORKER, 2));
        api.assertAsDocumented();
        api.assertOthersAsDocumented();
        worker.assertAsDocumented();
        assertThat(api.sum("campaign_takeovers_total") + worker.sum("campaign_takeovers_total")).as("takeovers").isPositive();
        assertThat(worker.sum("campaign_deliveries_total", "outcome", "in_doubt")).as("found in doubt").isPositive();
        assertThat(worker.sum("campaign_send_duration_seconds_count")).as("measured sends")
                .isGreaterThanOrEqualTo(worker.sum("campaign_deliveries_total", "outcome", "sent"));
        assertThat(api.sum("campaign_doubt_resolved_total", "source", "operator", "to", "sent")).as("resolved").isEqualTo(said);
        assertThat(api.sum("campaign_due_delay_seconds_count")).as("starts").isEqualTo(1);
    }
}
