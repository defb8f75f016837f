package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.Orders;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunContents;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

/** Nothing goes out outside a campaign's window, and everything when it opens. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class SendWindowQuarkusTest {
    private static final LocalTime OPENS = LocalTime.of(9, 0);
    private static final int CUSTOMERS = 40;

    @Inject
    Ledger ledger;
    @Inject
    Orders orders;
    @Inject
    RunContents contents;
    @Inject
    BatchWork work;
    @ConfigProperty(name = "test.record.mails")
    Path mails;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @Test
    void sendingWaitsForTheWindowToOpen() throws IOException {
        orders.replaceByCustomers(CUSTOMERS);
        Instant opening = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(9);
        RunDocument run = ledger.insert(withWindowOpeningAt(opening, TestRuns.planning(Channel.EMAIL)));

        await().atMost(Duration.ofSeconds(8)).until(() -> ledger.deliveries(run.id).size() == CUSTOMERS);
        while (Instant.now().isBefore(opening.minusMillis(300))) {
            assertThat(ledger.deliveries(run.id)).extracting(DeliveryDocument::state).containsOnly(DeliveryState.PENDING);
            assertThat(mailsOf(run)).isEmpty();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        assertThat(mailsOf(run)).hasSize(CUSTOMERS).doesNotHaveDuplicates();
        assertThat(ledger.deliveries(run.id)).allSatisfy(delivery -> assertThat(delivery.at()).isAfterOrEqualTo(opening));
    }

    @Test
    void aBatchInHandGoesBackUntilTheOpening() {
        Instant opening = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(2));
        RunDocument run = withWindowOpeningAt(opening, TestRuns.planning(Channel.EMAIL));
        run.state = RunState.COMPLETED;
        ledger.insert(run);
        BatchDocument batch = ledger.batch(run, 0, Channel.EMAIL, 3);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.LEASED.wire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "epoch", 1L);

        Ledger.await(work.work(TestHolds.of(ledger.batch(batch.id()), 1), Ledger.await(contents.of(run.id))));
        assertThat(ledger.batch(batch.id()).state()).isEqualTo(BatchState.READY);
        assertThat(ledger.batch(batch.id()).notBefore()).isEqualTo(opening);
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.PENDING);
    }

    private List<String> mailsOf(RunDocument run) throws IOException {
        return Files.readAllLines(mails).stream().map(JsonObject::new).filter(mail -> run.id.equals(mail.getString("run")))
                .map(mail -> mail.getString("to")).toList();
    }

    /** In a zone whose clocks show nine at that very second. */
    private static RunDocument withWindowOpeningAt(Instant opening, RunDocument run) {
        int ahead = OPENS.toSecondOfDay() - LocalTime.ofInstant(opening, ZoneOffset.UTC).toSecondOfDay();
        RunDocument.Frozen old = run.frozen;
        run.frozen = new RunDocument.Frozen(old.channels(), old.email(), old.sms(), old.audience(),
                new CampaignDocument.Settings(OnDoubt.HOLD,
                        null, "PT6H", new CampaignDocument.Window("09:00", "20:00")),
                null, ZoneOffset.ofTotalSeconds(ahead).getId(), "US", 1);
        return run;
    }
}
