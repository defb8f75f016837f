package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.batch.BatchSlots.Need;
import org.campaignrecovery.worker.batch.ChannelSlots.Slot;
import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.subscription.Cancellable;

/** Three slots, five for what the dead have left, two for newcomers. */
class BatchSlotsTest {
    private static final String LARGE = "large";

    private final BatchSlots slots = new BatchSlots(new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(BatchConfig.class)
            .withDefaultValue("campaign.lease.slots", "3").withDefaultValue("campaign.lease.rescue-slots", "5")
            .withDefaultValue("campaign.lease.newcomer-slots", "2").build().getConfigMapping(BatchConfig.class));
    private final Deque<Slot> ofLarge = new ArrayDeque<>();
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatNobodyHasBegunTakesTheUsualSlots() {
        assertThat(taken(Need.NEW)).isEqualTo(3);
        assertThat(slots.free(Channel.EMAIL)).isZero();
        assertThat(slots.free(Channel.SMS)).as("each channel has its own").isEqualTo(3);
    }

    /** Or whoever is there when workers are told to stop gathers everything, and those that come instead have nothing to do. */
    @Test
    void whatWasGivenBackTakesOneMore() {
        taken(Need.NEW);
        assertThat(slots.room(Channel.EMAIL, LARGE)).isEqualTo(1);
        assertThat(taken(Need.GIVEN_BACK)).isEqualTo(1);
        assertThat(slots.room(Channel.EMAIL, LARGE)).isZero();
    }

    /** Promise P4: the batches of several dead workers do not wait until a living one has a slot left. */
    @Test
    void theBatchesOfTheDeadHaveSlotsThatNothingElseTakes() {
        taken(Need.NEW);
        taken(Need.GIVEN_BACK);
        take("one newcomer", Need.NEW);
        assertThat(taken(Need.OWNER_DIED)).isEqualTo(4);
        giveOneBack();
        assertThat(taken(Need.NEW)).as("what is beyond the usual number is given back first").isZero();
        assertThat(taken(Need.OWNER_DIED)).isEqualTo(1);
    }

    @Test
    void aRunOfWhichNothingIsWorkedOnFindsRoomBesideALargeOne() {
        taken(Need.NEW);
        assertThat(slots.room(Channel.EMAIL, "small")).isEqualTo(1);
        Optional<Slot> small = take("small", Need.NEW);
        assertThat(small).isPresent();
        assertThat(take("small", Need.NEW)).as("one batch each").isEmpty();
        assertThat(take("another", Need.NEW)).isPresent();
        assertThat(take("a third", Need.NEW)).as("as many as are meant for them").isEmpty();
        small.orElseThrow().giveBack();
        assertThat(take("a third", Need.NEW)).isPresent();
    }

    /** Or the last worker has three batches to go when the others have none. */
    @Test
    void aRunHasNoMoreThanItCanSetGoing() {
        Slot first = take(LARGE, Need.NEW).orElseThrow();
        assertThat(take(LARGE, Need.NEW)).isEmpty();
        assertThat(take("another", Need.NEW)).as("the slot is free").isPresent();
        waitFor(LARGE);
        waitFor(LARGE);
        assertThat(take(LARGE, Need.GIVEN_BACK)).as("what somebody began does not wait for that").isPresent();
        first.allBegun();
        assertThat(served).as("there is no slot").isEmpty();
    }

    @Test
    void whoeverWaitsIsServedOnceAllIsUnderWay() {
        Slot first = take(LARGE, Need.NEW).orElseThrow();
        waitFor(LARGE);
        waitFor(LARGE);
        first.allBegun();
        awaitServed(LARGE);
        first.giveBack();
        assertThat(slots.free(Channel.EMAIL)).isEqualTo(2);
        assertThat(take(LARGE, Need.NEW)).as("the second one has messages left").isEmpty();
        assertThat(take(LARGE, Need.OVER)).isPresent();
    }

    @Test
    void aFreedSlotGoesToWhoeverHasTheFewest() {
        List<Slot> ofSmall = Stream.of("small", "another").map(run -> take(run, Need.NEW).orElseThrow()).toList();
        assertThat(taken(Need.NEW)).isEqualTo(1);
        take("newcomer", Need.NEW);
        take("second newcomer", Need.NEW);
        waitFor(LARGE);
        waitFor("nobody's");
        giveOneBack();
        awaitServed("nobody's");
        ofSmall.get(0).giveBack();
        awaitServed("nobody's", LARGE);
    }

    @Test
    void thoseWithAsManyTakeTurns() {
        take("a", Need.NEW).orElseThrow().allBegun();
        Slot b = take("b", Need.NEW).orElseThrow();
        Slot c = take("c", Need.NEW).orElseThrow();
        Stream.of("b", "b", "a").forEach(run -> slots.await(Channel.EMAIL, run, Need.NEW).subscribe().with(slot -> {
            slot.allBegun();
            served.add(run);
        }));
        b.giveBack();
        awaitServed("b");
        c.giveBack();
        awaitServed("b", "a");
    }

    @Test
    void whatWasBegunIsServedFirst() {
        taken(Need.NEW);
        taken(Need.GIVEN_BACK);
        waitFor(LARGE);
        slots.await(Channel.EMAIL, LARGE, Need.GIVEN_BACK).subscribe().with(slot -> served.add("given back"));
        giveOneBack();
        awaitServed("given back");
    }

    @Test
    void whoeverStopsWaitingLosesNoSlot() {
        taken(Need.NEW);
        Cancellable gone = waitFor(LARGE);
        gone.cancel();
        giveOneBack();
        assertThat(slots.free(Channel.EMAIL)).isEqualTo(1);
        assertThat(served).isEmpty();
    }

    @Test
    void aProcessThatStopsServesNobody() {
        taken(Need.NEW);
        waitFor(LARGE);
        CountDownLatch empty = slots.whenEmpty();
        assertThat(empty.getCount()).isEqualTo(1);
        while (!ofLarge.isEmpty()) {
            giveOneBack();
        }
        assertThat(empty.getCount()).isZero();
        assertThat(served).isEmpty();
    }

    @Test
    void aSlotIsGivenBackOnce() {
        Slot slot = take(LARGE, Need.NEW).orElseThrow();
        slot.giveBack();
        slot.giveBack();
        assertThat(slots.free(Channel.EMAIL)).isEqualTo(3);
    }

    private Optional<Slot> take(String run, Need need) {
        return slots.take(Channel.EMAIL, run, need);
    }

    /** How many the large run gets, whose batches are all under way. */
    private int taken(Need need) {
        return (int) IntStream.range(0, 20).filter(n -> take(LARGE, need).map(this::keep).orElse(false)).count();
    }

    private boolean keep(Slot slot) {
        slot.allBegun();
        return ofLarge.add(slot);
    }

    private void giveOneBack() {
        ofLarge.removeLast().giveBack();
    }

    private Cancellable waitFor(String run) {
        return slots.await(Channel.EMAIL, run, Need.NEW).subscribe().with(slot -> served.add(run));
    }

    private void awaitServed(String... runs) {
        await().until(() -> served.size() >= runs.length);
        assertThat(served).containsExactly(runs);
    }
}
