package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.lease.ProgressDeadline;
import org.junit.jupiter.api.Test;

import com.mongodb.MongoException;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

/** What a heartbeat that the ledger does not take means for its lease. */
class HeartbeatsTest {
    private static final BatchConfig CONFIG = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
            .withMapping(BatchConfig.class).build().getConfigMapping(BatchConfig.class);

    private final ProgressDeadline deadline = new ProgressDeadline(CONFIG.progressWithin(),
            System.nanoTime() - CONFIG.progressWithin().minusSeconds(20).toNanos());
    private final long progressed = deadline.lastProgressNanos();
    private final BatchHold hold = new BatchHold(BatchDocument.ready("c@1:0:email", "c@1", Channel.EMAIL, List.of("d"),
            DeliveryState.PENDING, Instant.EPOCH), 1, deadline);

    /** A minute without MongoDB: what was in the air cannot be recorded, no group gets on, and the lease is still its owner's. */
    @Test
    void anOutageOfTheLedgerIsNoStandstillOfTheWork() {
        beat(Uni.createFrom().failure(new MongoException("away")));
        assertThat(deadline.lastProgressNanos()).isGreaterThan(progressed);
        assertThat(hold.lost()).isFalse();
    }

    @Test
    void workThatStandsStillWhileTheLedgerAnswersDoes() {
        beat(Uni.createFrom().item(true));
        assertThat(deadline.lastProgressNanos()).isEqualTo(progressed);
    }

    @Test
    void aLeaseThatSomebodyElseHasIsLost() {
        beat(Uni.createFrom().item(false));
        assertThat(hold.lost()).isTrue();
    }

    private void beat(Uni<Boolean> answer) {
        BatchRepository ledger = new BatchRepository() {
            @Override
            public Uni<Boolean> won(GuardedUpdate update) {
                return answer;
            }
        };
        new Heartbeats(new BatchSlots(CONFIG), ledger, CONFIG, new Loops()).beatSafely(hold).await().atMost(Duration.ofSeconds(5));
    }
}
