package org.campaignrecovery.model.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;
import org.junit.jupiter.api.Test;

class BatchRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ID = "run:0:email";
    private static final Counts BEFORE = Counts.of(DeliveryState.PENDING, 2);
    private static final Counts COUNTS = Counts.of(DeliveryState.SENT, 2);

    private final Map<String, Object> batch = new HashMap<>(Map.of("_id", ID, "state", "ready", "epoch", 0L, "hb", 0L, "dirty", 0L));

    @Test
    void oneOfTwoTakersWins() {
        assertThat(apply(BatchRules.take(ID, BatchState.READY, 0, 0, "a", NOW))).isTrue();
        assertThat(apply(BatchRules.take(ID, BatchState.READY, 0, 0, "b", NOW))).isFalse();
        assertThat(batch).containsEntry("state", "leased").containsEntry("epoch", 1L).containsEntry("owner", "a").containsEntry("hb", 1L);
    }

    @Test
    void aHeartbeatSavesALeaseFromATakeoverThatSawItOlder() {
        lease("a");
        apply(BatchRules.heartbeat(ID, 1, BEFORE, COUNTS));
        assertThat(apply(BatchRules.take(ID, BatchState.LEASED, 1, 1, "b", NOW))).isFalse();
        assertThat(apply(BatchRules.take(ID, BatchState.LEASED, 1, 2, "b", NOW))).isTrue();
    }

    @Test
    void aDeposedOwnerCanNeitherBeatNorCloseNorHandBack() {
        lease("a");
        lease("b");
        assertThat(List.of(BatchRules.heartbeat(ID, 1, BEFORE, COUNTS), BatchRules.close(ID, 1, COUNTS, NOW), BatchRules.orderDone(ID, 1),
                BatchRules.handBack(ID, 1, COUNTS, NOW, NOW))).noneMatch(this::apply);
        assertThat(batch).containsEntry("owner", "b").doesNotContainKey("counts");
    }

    @Test
    void aBatchThatWaitsIsNobodysUntilItsTime() {
        lease("a");
        assertThat(apply(BatchRules.handBack(ID, 1, COUNTS, NOW.plusSeconds(60), NOW))).isTrue();
        assertThat(batch).containsEntry("state", "ready").containsEntry("notBefore", NOW.plusSeconds(60)).doesNotContainKey("owner");
        assertThat(apply(BatchRules.heartbeat(ID, 1, BEFORE, COUNTS))).as("a heartbeat on its way does not revive it").isFalse();
        lease("b");
        assertThat(batch).containsEntry("epoch", 2L).doesNotContainKey("notBefore");
    }

    @Test
    void aBatchGivenBackWithoutATimeIsDueAtOnce() {
        lease("a");
        assertThat(apply(BatchRules.handBack(ID, 1, COUNTS, null, NOW))).isTrue();
        assertThat(batch).containsEntry("state", "ready").as("a null would be found by no query for what is due")
                .doesNotContainKey("notBefore");
    }

    @Test
    void aClosedBatchKeepsItsWholeVector() {
        lease("a");
        assertThat(apply(BatchRules.close(ID, 1, COUNTS, NOW))).isTrue();
        assertThat(batch).containsEntry("state", "done").containsEntry("counts", COUNTS.toWire()).doesNotContainKey("owner");
    }

    @Test
    void aRecountLosesToEvidenceThatCameInBetween() {
        close();
        apply(BatchRules.announceLate(ID));
        GuardedUpdate recount = recount();
        apply(BatchRules.announceLate(ID));
        assertThat(apply(recount)).isFalse();
        assertThat(apply(recount())).isTrue();
        assertThat(batch).as("until the totals are taken again").containsEntry("dirty", 3L);
        assertThat(apply(BatchRules.counted(ID, hb() - 1, 2))).isTrue();
        assertThat(batch).containsEntry("dirty", 0L);
    }

    /** X counts and takes the totals; Y counts too and clears the mark; new evidence raises the same number; X wakes. */
    @Test
    void aMarkIsClearedOnlyByWhoCountedIt() {
        close();
        apply(BatchRules.announceLate(ID));
        assertThat(apply(recount())).isTrue();
        GuardedUpdate x = BatchRules.counted(ID, hb() - 1, 1);
        assertThat(apply(recount())).isTrue();
        assertThat(apply(BatchRules.counted(ID, hb() - 1, 2))).isTrue();
        apply(BatchRules.announceLate(ID));
        apply(BatchRules.lateWritten(ID));
        assertThat(apply(x)).isFalse();
        assertThat(batch).containsEntry("dirty", 2L);
    }

    @Test
    void whoDiesOverWritingLeavesItsAnnouncement() {
        close();
        apply(BatchRules.announceLate(ID));
        assertThat(apply(recount())).isTrue();
        apply(BatchRules.counted(ID, hb() - 1, 1));
        assertThat(batch).containsEntry("dirty", 0L).containsEntry("announced", 1L);
        apply(BatchRules.lateWritten(ID));
        assertThat(batch).containsEntry("dirty", 1L).containsEntry("announced", 0L);
    }

    /** X and Y count for the same evidence; Y clears it; new evidence raises the same number; X wakes with counts of before. */
    @Test
    void aRecountLosesToAnotherRecountAndTheEvidenceAfterIt() {
        close();
        apply(BatchRules.announceLate(ID));
        GuardedUpdate x = recount();
        GuardedUpdate y = recount();
        assertThat(apply(y)).isTrue();
        apply(BatchRules.counted(ID, hb() - 1, 1));
        apply(BatchRules.announceLate(ID));
        assertThat(apply(x)).isFalse();
        assertThat(batch).containsEntry("dirty", 1L);
    }

    @Test
    void theSixthLeaseInARowThatNothingCameOfIsNotGiven() {
        lease("a");
        for (int lease = 2; lease <= Parking.FRUITLESS_LEASES; lease++) {
            assertThat(Parking.isDue(state(), fruitless())).as("lease %d", lease).isFalse();
            lease("owner " + lease);
        }
        assertThat(batch).containsEntry("epoch", 5L).containsEntry("fruitless", 4L);
        assertThat(Parking.isDue(state(), fruitless())).isTrue();
        assertThat(park()).isTrue();
        assertThat(batch).containsEntry("state", "ready").containsEntry("parked", true).containsEntry("fruitless", 5L)
                .containsEntry("epoch", 5L).doesNotContainKey("owner");
    }

    @Test
    void aLeaseThatWasFreedFromItsDeadOwnerCountsAsOneThatWasTakenOver() {
        for (int lease = 1; lease <= Parking.FRUITLESS_LEASES; lease++) {
            assertThat(Parking.isDue(state(), fruitless())).as("lease %d", lease).isFalse();
            lease("owner " + lease);
            assertThat(apply(BatchRules.free(ID, lease, (Long) batch.get("hb")))).isTrue();
        }
        assertThat(Parking.isDue(state(), fruitless())).isTrue();
        assertThat(park()).isTrue();
        assertThat(batch).containsEntry("fruitless", 5L);
    }

    @Test
    void progressAHandBackAndAClosingClearWhatWasInVain() {
        lease("a");
        lease("b");
        apply(BatchRules.heartbeat(ID, 2, BEFORE, BEFORE));
        assertThat(batch).as("a heart without hands").containsEntry("fruitless", 1L);
        apply(BatchRules.heartbeat(ID, 2, BEFORE, COUNTS));
        assertThat(batch).doesNotContainKey("fruitless");
        lease("c");
        apply(BatchRules.handBack(ID, 3, COUNTS, null, NOW));
        assertThat(batch).doesNotContainKey("fruitless");
        lease("d");
        lease("e");
        apply(BatchRules.close(ID, 5, COUNTS, NOW));
        assertThat(batch).doesNotContainKey("fruitless");
    }

    /** X sees the dead lease and takes it; Y, who saw the same, parks it; and the other way round. */
    @Test
    void parkingLosesToATakerAndATakerToParking() {
        lease("a");
        GuardedUpdate park = BatchRules.park(ID, BatchState.LEASED, 1, 1, NOW);
        lease("b");
        assertThat(apply(park)).isFalse();
        GuardedUpdate take = BatchRules.take(ID, BatchState.LEASED, 2, 2, "c", NOW);
        assertThat(park()).isTrue();
        assertThat(apply(take)).isFalse();
        GuardedUpdate again = BatchRules.take(ID, BatchState.READY, 2, 2, "d", NOW);
        assertThat(apply(again)).as("it was seen ready, at the heartbeat before the parking").isFalse();
        assertThat(apply(BatchRules.heartbeat(ID, 2, BEFORE, COUNTS))).as("the owner was not dead after all").isFalse();
    }

    @Test
    void anOperatorReleasesOnlyWhatIsParked() {
        assertThat(apply(BatchRules.unpark(ID, NOW))).isFalse();
        lease("a");
        assertThat(park()).isTrue();
        assertThat(apply(BatchRules.unpark(ID, NOW))).isTrue();
        assertThat(batch).containsEntry("state", "ready").doesNotContainKeys("parked", "fruitless");
        lease("b");
    }

    @Test
    void anOrderOpensAClosedBatchOnceARound() {
        batch.put("round", 0L);
        assertThat(apply(BatchRules.order(ID, 1, NOW))).as("it is not closed").isFalse();
        close();
        GuardedUpdate recount = recount();
        assertThat(apply(BatchRules.order(ID, 1, NOW))).isTrue();
        assertThat(batch).containsEntry("state", "ready").containsEntry("round", 1L);
        assertThat(apply(BatchRules.order(ID, 1, NOW))).isFalse();
        assertThat(apply(recount)).as("a recount of what was closed").isFalse();
        lease("b");
        apply(BatchRules.close(ID, 2, COUNTS, NOW));
        assertThat(apply(BatchRules.order(ID, 1, NOW))).as("placed again after a crash, and worked on meanwhile").isFalse();
        assertThat(apply(BatchRules.order(ID, 2, NOW))).as("the next order").isTrue();
    }

    /** Who was frozen while it placed the order wakes when another has placed it without this batch, and the run is over. */
    @Test
    void aBatchThatWasPassedOverTakesThatOrderNoMore() {
        batch.put("run", "r");
        batch.put("round", 0L);
        close();
        assertThat(apply(BatchRules.passedOver("r", 1))).isTrue();
        assertThat(apply(BatchRules.order(ID, 1, NOW))).isFalse();
        assertThat(batch).containsEntry("state", "done");
        assertThat(apply(BatchRules.order(ID, 2, NOW))).as("the next order").isTrue();
        assertThat(apply(BatchRules.passedOver("r", 2))).as("it has that order").isFalse();
    }

    private boolean park() {
        return apply(BatchRules.park(ID, state(), (Long) batch.get("epoch"), (Long) batch.get("hb"), NOW));
    }

    private BatchState state() {
        return Wire.parse(BatchState.class, (String) batch.get("state"));
    }

    private Integer fruitless() {
        return batch.get("fruitless") instanceof Long number ? number.intValue() : null;
    }

    private long hb() {
        return (Long) batch.get("hb");
    }

    private GuardedUpdate recount() {
        return BatchRules.recounted(ID, BatchState.DONE, 1, (Long) batch.get("hb"), (Long) batch.get("dirty"), COUNTS);
    }

    private void close() {
        lease("a");
        apply(BatchRules.close(ID, 1, COUNTS, NOW));
    }

    private void lease(String owner) {
        BatchState state = Wire.parse(BatchState.class, (String) batch.get("state"));
        assertThat(apply(BatchRules.take(ID, state, (Long) batch.get("epoch"), (Long) batch.get("hb"), owner, NOW))).isTrue();
    }

    private boolean apply(GuardedUpdate update) {
        return InMemoryGuards.apply(batch, update);
    }
}
