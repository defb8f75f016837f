package org.campaignrecovery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.Orders;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

/** What a worker makes of a campaign that is paused, cancelled or over while it is being planned and sent. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class StoppedCampaignsQuarkusTest {
    private static final int CUSTOMERS = 120;
    private static final int PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Ledger ledger;
    @Inject
    Orders orders;
    @ConfigProperty(name = "test.record.mails")
    Path mails;

    @BeforeEach
    void someCustomers() {
        ledger.awaitOpen();
        orders.replaceByCustomers(CUSTOMERS);
    }

    @Test
    void aPausedCampaignRestsAndGoesOnWhereItWas() {
        RunDocument run = ledger.insert(TestRuns.slow(TestRuns.planning(Channel.EMAIL), PER_SECOND, null));
        await().atMost(PATIENCE).until(() -> !received(run).isEmpty());
        set(run, CampaignStatus.PAUSED);
        await().atMost(PATIENCE).until(() -> counted(run, DeliveryState.SENDING) == 0
                && ledger.batches(run.id).stream().allMatch(batch -> batch.owner() == null));
        int before = received(run).size();
        assertThat(before).isLessThan(CUSTOMERS);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).until(() -> received(run).size() == before);

        set(run, CampaignStatus.PROCESSING);
        await().atMost(PATIENCE).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        assertThat(received(run)).hasSize(CUSTOMERS).doesNotHaveDuplicates();
    }

    @Test
    void aFailedCampaignRestsUntilSomebodyRunsIt() {
        RunDocument run = ledger.insert(TestRuns.planning(Channel.EMAIL));
        set(run, CampaignStatus.FAILED);
        ledger.batch(run, 99, Channel.EMAIL, 3);
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(5)).until(() -> received(run).isEmpty());
    }

    @Test
    void ofACancelledCampaignTheRestIsCancelledAndCounted() {
        RunDocument run = ledger.insert(TestRuns.slow(TestRuns.planning(Channel.EMAIL), PER_SECOND, null));
        await().atMost(PATIENCE).until(() -> !received(run).isEmpty());
        set(run, CampaignStatus.CANCELLED);
        await().atMost(PATIENCE).until(() -> ledger.run(run.id).state == RunState.CANCELLED);
        RunDocument done = ledger.run(run.id);
        int sent = received(run).size();
        assertThat(done.totals.get("email")).containsEntry("sent", (long) sent)
                .containsEntry("cancelled", ledger.deliveries(run.id).size() - (long) sent);
        assertThat(done.totals.get("email").get("cancelled")).isPositive();
        assertThat(ledger.deliveries(run.id)).filteredOn(delivery -> delivery.state() == DeliveryState.CANCELLED)
                .allSatisfy(delivery -> assertThat(delivery.reason()).isEqualTo("the campaign was cancelled"));
        await().atMost(PATIENCE).until(() -> ledger.campaign(run.campaignId).performance != null);
        assertThat(ledger.campaign(run.campaignId).performance.sent()).isEqualTo(sent);
    }

    @Test
    void noMoreCustomersOfACancelledCampaignAreRead() {
        RunDocument run = TestRuns.planning(Channel.EMAIL);
        CampaignDocument campaign = TestRuns.campaign(run);
        campaign.status = CampaignStatus.CANCELLED;
        Ledger.await(ledger.of(CampaignDocument.COLLECTION, CampaignDocument.class).insertOne(campaign));
        Ledger.await(ledger.of(RunDocument.COLLECTION, RunDocument.class).insertOne(run));
        await().atMost(PATIENCE).until(() -> ledger.run(run.id).state == RunState.CANCELLED);
        assertThat(ledger.pages(run.id)).extracting(PageDocument::state).containsExactly(PageState.END);
    }

    /** A batch that waits for a retry in an hour does not wait in order to be cancelled. */
    @Test
    void whatWaitsForARetryIsCancelledAtOnce() {
        RunDocument run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.SENDING;
        ledger.insert(run);
        set(run, CampaignStatus.PAUSED);
        BatchDocument batch = ledger.batch(run, 0, Channel.EMAIL, 2);
        Instant later = Instant.now().plusSeconds(3_600);
        ledger.set(batch.members(), DeliveryState.RETRY_WAIT, "old:1", 1);
        batch.members().forEach(member -> ledger.set(DeliveryDocument.COLLECTION, member, "notBefore", later));
        ledger.set(BatchDocument.COLLECTION, batch.id(), "epoch", 1L);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "notBefore", later);
        Ledger.await(ledger.of(PageDocument.COLLECTION, PageDocument.class)
                .insertOne(new PageDocument(run.id + ":1", run.id, 1, PageState.END, null, null, null, List.of(), Map.of(), 1L, null)));
        set(run, CampaignStatus.CANCELLED);
        await().atMost(PATIENCE).until(() -> ledger.run(run.id).state == RunState.CANCELLED);
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.CANCELLED);
    }

    @Test
    void whatIsLeftAtTheEndDateIsCancelledVisibly() {
        RunDocument run = ledger.insert(TestRuns.slow(TestRuns.planning(Channel.EMAIL), PER_SECOND, Instant.now().plusSeconds(4)));
        await().atMost(PATIENCE).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        RunDocument done = ledger.run(run.id);
        int sent = received(run).size();
        assertThat(sent).isBetween(1, CUSTOMERS - 1);
        assertThat(done.totals.get("email")).containsEntry("sent", (long) sent).containsEntry("cancelled", (long) CUSTOMERS - sent);
        assertThat(done.reason).contains("end date", String.valueOf(CUSTOMERS - sent));
        await().atMost(PATIENCE).until(() -> ledger.campaign(run.campaignId).status == CampaignStatus.COMPLETED);
    }

    private void set(RunDocument run, CampaignStatus status) {
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "status", status.wire());
    }

    private long counted(RunDocument run, DeliveryState state) {
        return ledger.deliveries(run.id).stream().filter(delivery -> delivery.state() == state).count();
    }

    private List<String> received(RunDocument run) {
        try (Stream<String> lines = Files.lines(mails)) {
            return received(run, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> received(RunDocument run, Stream<String> lines) {
        return lines.map(JsonObject::new).filter(mail -> run.id.equals(mail.getString("run")))
                .map(mail -> mail.getString("to")).toList();
    }
}
