package org.campaignrecovery.api.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** What is open, counted from a ledger. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class BacklogQuarkusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final String campaign = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    private final String run = campaign + "@" + NOW;
    private int batches;

    @Inject
    BacklogRepository backlog;
    @Inject
    BacklogGauges gauges;

    @BeforeEach
    void aPausedCampaign() {
        TestSessions.awaitReady();
        into(CampaignDocument.COLLECTION, new Document("_id", campaign).append("status", "paused").append("name", "a test"));
        into(RunDocument.COLLECTION, new Document("_id", run).append("campaignId", campaign).append("state", "sending")
                .append("planner", new Document("epoch", 1L).append("hb", 1L)));
    }

    @AfterEach
    void nothingIsLeft() {
        LedgerQuery.ledger().getCollection(CampaignDocument.COLLECTION).deleteOne(new Document("_id", campaign));
        LedgerQuery.ledger().getCollection(RunDocument.COLLECTION).deleteOne(new Document("_id", run));
        LedgerQuery.ledger().getCollection(BatchDocument.COLLECTION).deleteMany(new Document("run", run));
    }

    @Test
    void openBatchesAreSummedAndThoseThatWaitForTheirTimeAreApart() {
        batch("sms", "ready", null, new Document("pending", 5L).append("sent", 7L));
        batch("sms", "leased", NOW.minusSeconds(1), new Document("sending", 2L).append("retry_wait", 1L).append("in_doubt", 9L));
        batch("email", "ready", NOW.plusSeconds(1), new Document("retry_wait", 4L));
        batch("email", "done", null, new Document("sent", 3L));

        assertThat(ours(backlog.now(NOW).await().atMost(PATIENCE))).containsOnly(new OpenWork(run, Channel.SMS, 2, 8));
        assertThat(ours(backlog.later(NOW).await().atMost(PATIENCE))).containsOnly(new OpenWork(run, Channel.EMAIL, 1, 4));
        assertThat(backlog.runs().await().atMost(PATIENCE)).contains(new OpenRun(run, campaign, RunState.SENDING));
        assertThat(backlog.paused().await().atMost(PATIENCE)).contains(campaign);
    }

    @Test
    void theyAreInTheMetrics() {
        gauges.count().await().atMost(PATIENCE);
        double before = pending();
        batch("sms", "ready", null, new Document("pending", 5L));
        await().atMost(PATIENCE).untilAsserted(() -> {
            gauges.count().await().atMost(PATIENCE);
            assertThat(pending()).isEqualTo(before + 5);
        });
        assertThat(metric("campaign_runs_open{state=\"sending\"}")).isPositive();
        assertThat(metric("campaign_runs_standstill_seconds")).isNotNegative();
    }

    private List<OpenWork> ours(List<OpenWork> work) {
        return work.stream().filter(one -> one.run().equals(run)).toList();
    }

    private static double pending() {
        return metric("campaign_deliveries_pending{channel=\"sms\"}");
    }

    private static double metric(String series) {
        return RestAssured.get("/q/metrics").asString().lines().filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).findFirst().orElseThrow();
    }

    private void batch(String channel, String state, Instant notBefore, Document counts) {
        Document batch = new Document("_id", run + ":" + batches++ + ":" + channel).append("run", run).append("channel", channel)
                .append("state", state).append("epoch", 1L).append("hb", 1L).append("members", List.of()).append("counts", counts)
                .append("round", 0).append("dirty", 0L).append("at", Date.from(NOW));
        into(BatchDocument.COLLECTION, notBefore == null ? batch : batch.append("notBefore", Date.from(notBefore)));
    }

    private static void into(String collection, Document document) {
        LedgerQuery.ledger().getCollection(collection).insertOne(document);
    }
}
