package org.campaignrecovery.worker.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.campaignrecovery.worker.permit.Permits.Permit;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;

class PermitsTest {
    private static final int MANY = 100_000;

    private final List<Permit> granted = new ArrayList<>();

    @Test
    void givesOutNoMoreThanItHas() {
        Permits permits = new Permits(2);
        ask(permits, 3);
        assertThat(granted).hasSize(2);
        assertThat(permits.inUse()).isEqualTo(2);
    }

    @Test
    void refusesToHaveNone() {
        assertThatThrownBy(() -> new Permits(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void servesInTheOrderOfAsking() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        List<Integer> served = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int asker = i;
            permits.acquire().subscribe().with(permit -> {
                served.add(asker);
                permit.release();
            });
        }
        granted.get(0).release();
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void aLateAskerDoesNotOvertakeAWaiter() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        List<String> served = new ArrayList<>();
        permits.acquire().subscribe().with(first -> {
            served.add("first");
            permits.acquire().subscribe().with(third -> served.add("third"));
            first.release();
        });
        permits.acquire().subscribe().with(second -> {
            served.add("second");
            second.release();
        });
        granted.get(0).release();
        assertThat(served).containsExactly("first", "second", "third");
    }

    /** Or whoever asks for little waits for all that others have asked for before. */
    @Test
    void servesInTurnsAmongThoseInWhoseNameItIsAsked() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        List<String> served = new ArrayList<>();
        for (String name : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
            permits.acquire(name.substring(0, 1), () -> {
            }).subscribe().with(permit -> {
                served.add(name);
                permit.release();
            });
        }
        granted.get(0).release();
        assertThat(served).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void whoeverLeavesTakesNoTurn() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        List<String> served = new ArrayList<>();
        List<Cancellable> asked = Stream.of("a1", "b1", "a2").map(name -> permits.acquire(name.substring(0, 1), null).subscribe()
                .with(permit -> {
                    served.add(name);
                    permit.release();
                })).toList();
        asked.get(1).cancel();
        granted.get(0).release();
        assertThat(served).containsExactly("a1", "a2");
    }

    @Test
    void isGivenBackOnceHoweverOftenItIsReleased() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        granted.get(0).release();
        granted.get(0).release();
        assertThat(permits.inUse()).isZero();
        ask(permits, 2);
        assertThat(granted).hasSize(2);
    }

    @Test
    void aWaiterThatLeavesLosesNone() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        Cancellable impatient = permits.acquire().subscribe().with(granted::add);
        ask(permits, 1);
        impatient.cancel();
        granted.get(0).release();
        assertThat(granted).hasSize(2);
        granted.get(1).release();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void servesManyWaitersInAChainWithoutAStackForEach() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        AtomicInteger served = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            permits.acquire().subscribe().with(permit -> {
                served.incrementAndGet();
                permit.release();
            });
        }
        granted.get(0).release();
        assertThat(served).hasValue(MANY);
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void oneWhoLeavesBeforeBeingServedLosesNone() {
        Permits permits = new Permits(1);
        UniAssertSubscriber<Permit> gone = new UniAssertSubscriber<>(true);
        permits.acquire().subscribe().withSubscriber(gone);
        gone.assertNotTerminated();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void losesNoneWhenManyThreadsTakeAndGiveBack() throws InterruptedException {
        Permits permits = new Permits(3);
        AtomicInteger served = new AtomicInteger();
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 20_000; i++) {
            threads.execute(() -> permits.acquire().subscribe().with(permit -> {
                most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                holders.decrementAndGet();
                served.incrementAndGet();
                permit.release();
            }));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(served).hasValue(20_000);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(permits.inUse()).isZero();
    }

    /** Behind a group that waits for a slow rate, and behind groups that get on, waiting is no standstill. */
    @Test
    void thoseWhoWaitAreToldThatTheQueueMoves() {
        Permits permits = new Permits(1);
        ask(permits, 1);
        AtomicInteger moves = new AtomicInteger();
        permits.acquire().subscribe().with(granted::add);
        permits.acquire("somebody", moves::incrementAndGet).subscribe().with(granted::add);
        assertThat(moves).hasValue(0);
        permits.waitOn();
        assertThat(moves).hasValue(1);
        granted.get(0).release();
        assertThat(moves).as("somebody before it got a permit").hasValue(2);
        granted.get(1).release();
        permits.waitOn();
        assertThat(moves).as("it has its own").hasValue(2);
    }

    private void ask(Permits permits, int times) {
        for (int i = 0; i < times; i++) {
            permits.acquire().subscribe().with(granted::add);
        }
    }
}
