package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Campaigns that share a worker. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class NeighboursQuarkusTest {
    private static final int PER_SECOND = 4;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Ledger ledger;
    @Inject
    BatchSlots slots;
    @Inject
    BatchConfig config;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    /** They have every slot and wait for their rates all the time; neither slots nor permits are kept from others by that. */
    @Test
    void slowCampaignsKeepNobodyWaiting() {
        await().atMost(Duration.ofSeconds(60)).until(() -> slots.free(Channel.EMAIL) == config.slots());
        List<BatchDocument> slow = IntStream.range(0, config.slots()).mapToObj(n -> slowBatch()).toList();
        await().atMost(Duration.ofSeconds(30)).until(() -> slots.free(Channel.EMAIL) == 0);

        RunDocument quick = TestRuns.planning(Channel.EMAIL);
        quick.state = RunState.SENDING;
        ledger.insert(quick);
        BatchDocument batch = ledger.batch(quick, 0, Channel.EMAIL, 100);
        await().atMost(SOON).until(() -> ledger.batch(batch.id()).state() == BatchState.DONE);
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.SENT);
        assertThat(slow).as("the others are still at it").extracting(other -> ledger.batch(other.id()).state())
                .containsOnly(BatchState.LEASED);
    }

    private BatchDocument slowBatch() {
        RunDocument run = TestRuns.slow(TestRuns.planning(Channel.EMAIL), PER_SECOND, Instant.now().plusSeconds(40));
        run.state = RunState.SENDING;
        ledger.insert(run);
        return ledger.batch(run, 0, Channel.EMAIL, 200);
    }
}
