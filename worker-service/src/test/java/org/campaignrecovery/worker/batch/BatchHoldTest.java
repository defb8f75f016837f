package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.lease.ProgressDeadline;
import org.junit.jupiter.api.Test;

class BatchHoldTest {
    private static final int MEMBERS = 7;

    private final BatchHold hold = TestHolds.of(batch(), 1);

    /** Promise P2 at every poll: the vector that a heartbeat writes sums to the members, whatever was seen of them so far. */
    @Test
    void countsAlwaysSumToTheMembers() {
        qt().withExamples(300).forAll(lists().of(integers().between(0, MEMBERS * DeliveryState.values().length - 1)).ofSizeBetween(0, 30))
                .checkAssert(moves -> {
                    BatchHold any = TestHolds.of(batch(), 1);
                    for (int move : moves) {
                        any.moved(List.of(id(move % MEMBERS)), DeliveryState.values()[move / MEMBERS]);
                        assertThat(any.counts().planned()).isEqualTo(MEMBERS);
                    }
                });
    }

    @Test
    void showsWhereMembersStandOnceAllWereSeen() {
        hold.moved(batch().members(), DeliveryState.PENDING);
        hold.moved(List.of(id(0), id(1)), DeliveryState.SENT);
        assertThat(hold.counts().get(DeliveryState.SENT)).isEqualTo(2);
        assertThat(hold.counts().get(DeliveryState.PENDING)).isEqualTo(MEMBERS - 2);
    }

    /** Otherwise a batch that waits in vain would look, and so keep its lease, for ever. */
    @Test
    void toLookAgainIsNoProgress() {
        ProgressDeadline deadline = new ProgressDeadline(Duration.ofMinutes(1), 0);
        BatchHold looking = new BatchHold(batch(), 1, deadline);
        looking.moved(batch().members(), DeliveryState.SENDING);
        long progressed = deadline.lastProgressNanos();
        looking.moved(batch().members(), DeliveryState.SENDING);
        assertThat(deadline.lastProgressNanos()).isEqualTo(progressed);
        looking.moved(List.of(id(3)), DeliveryState.SENT);
        assertThat(deadline.lastProgressNanos()).isGreaterThan(progressed);
    }

    @Test
    void aLostLeaseStaysLost() {
        hold.lose();
        hold.moved(batch().members(), DeliveryState.SENT);
        assertThat(hold.lost()).isTrue();
    }

    private static BatchDocument batch() {
        return BatchDocument.ready("c@1:0:email", "c@1", Channel.EMAIL, IntStream.range(0, MEMBERS).mapToObj(BatchHoldTest::id).toList(),
                DeliveryState.PENDING, Instant.EPOCH);
    }

    private static String id(int n) {
        return "d" + n;
    }
}
