package org.campaignrecovery.worker.rate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.rate.GroupSize;
import org.campaignrecovery.model.rate.Reservation;
import org.campaignrecovery.model.rate.Slowdown;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One rate that all workers share, as this process sees it. Its groups stand in a line; one question at a time goes to the ledger, and takes
 * what those in front need, as far as it begins soon ({@link Reservation#AHEAD}): at least one of them. Others of this process would only
 * lose to it. When it comes too early it comes again a little later than it must, so that it takes several groups at once.
 */
final class SharedRate {
    private static final Logger LOG = Logger.getLogger(SharedRate.class);
    private static final Duration LONGEST_STEP = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

    private final String key;
    private final int perSecond;
    private final RateRepository rates;
    private final LedgerClock clock;
    private final Deque<Waiter> line = new ArrayDeque<>();
    private boolean asking;
    /** What the ledger's whole milliseconds have left out of this process's takings. */
    private Duration leftOut = Duration.ZERO;

    SharedRate(String key, int perSecond, RateRepository rates, LedgerClock clock) {
        this.key = key;
        this.perSecond = perSecond;
        this.rates = rates;
        this.clock = clock;
    }

    /** How many messages are a group where {@code most} would be one without a rate: see {@link GroupSize}. */
    int groupSize(int most) {
        return GroupSize.under(perSecond, most);
    }

    /** As {@link CampaignRate#await}. */
    Uni<Void> await(int n, Runnable waiting, BooleanSupplier givenUp) {
        return Uni.createFrom().<Instant>emitter(emitter -> {
            if (enqueue(new Waiter(n, waiting, givenUp, emitter))) {
                ask();
            }
        }).chain(this::begin);
    }

    /** Whether nobody asks yet. */
    private synchronized boolean enqueue(Waiter waiter) {
        line.add(waiter);
        boolean first = !asking;
        asking = true;
        return first;
    }

    /** Goes on until nobody waits. What goes wrong is tried again: whoever does not want to wait for that has given up. */
    private void ask() {
        Uni.createFrom().deferred(this::askOnce).onFailure()
                .invoke(failure -> LOG.debugf("rate=%s cannot be taken now: %s", key, failure.getMessage())).onFailure()
                .recoverWithItem(AFTER_FAILURE).onItem()
                .transformToUni(pause -> pause.isZero() ? Uni.createFrom().item(pause) : after(pause).replaceWith(pause)).repeat()
                .whilst(pause -> stillAsked()).collect().last()
                .subscribe().with(ended -> LOG.tracef("rate=%s nobody waits", key), failure -> LOG.errorf(failure, "rate=%s", key));
    }

    private synchronized boolean stillAsked() {
        asking = !line.isEmpty();
        return asking;
    }

    /** @return how long to wait until it is worth asking again */
    private Uni<Duration> askOnce() {
        List<Waiter> all = withoutThoseWhoGaveUp();
        if (all.isEmpty()) {
            return Uni.createFrom().item(Duration.ZERO);
        }
        return rates.current(key).chain(rate -> {
            Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
            Instant seen = rate == null ? null : rate.next();
            int allowed = allowed(rate, now);
            Duration early = Reservation.of(seen, now, all.get(0).n, allowed).tooEarlyBy(now);
            if (!early.isZero()) {
                all.forEach(waiter -> waiter.waiting.run());
                Duration worthIt = early.plus(Reservation.AHEAD.dividedBy(2));
                return Uni.createFrom().item(worthIt.compareTo(LONGEST_STEP) < 0 ? worthIt : LONGEST_STEP);
            }
            return take(seen, now, all, allowed);
        });
    }

    private int allowed(RateRepository.Rate rate, Instant now) {
        Slowdown slowdown = rate == null ? null : rate.slowdown();
        return slowdown == null ? perSecond : Math.max(1, (int) Math.round(perSecond * slowdown.at(now)));
    }

    private Uni<Duration> take(Instant seen, Instant now, List<Waiter> all, int allowed) {
        List<Waiter> served = new ArrayList<>();
        List<Instant> starts = new ArrayList<>();
        Instant next = seen;
        for (Waiter waiter : all) {
            Reservation one = Reservation.of(next, now, waiter.n, allowed);
            if (!one.tooEarlyBy(now).isZero()) {
                break;
            }
            served.add(waiter);
            starts.add(one.start());
            next = one.next();
        }
        Instant exact = next.plus(leftOut);
        Instant whole = exact.truncatedTo(ChronoUnit.MILLIS);
        return rates.take(key, seen, whole).invoke(won -> {
            if (won) {
                leftOut = Duration.between(whole, exact);
                leave(served);
                for (int i = 0; i < served.size(); i++) {
                    served.get(i).emitter.complete(starts.get(i));
                }
            }
        }).replaceWith(Duration.ZERO);
    }

    private List<Waiter> withoutThoseWhoGaveUp() {
        List<Waiter> gone = new ArrayList<>();
        List<Waiter> left = new ArrayList<>();
        synchronized (this) {
            line.forEach(waiter -> (waiter.givenUp.getAsBoolean() ? gone : left).add(waiter));
            line.removeAll(gone);
        }
        gone.forEach(waiter -> waiter.emitter.complete(clock.now()));
        return left;
    }

    private synchronized void leave(List<Waiter> served) {
        line.removeAll(served);
    }

    /** A timer counts whole milliseconds: one more, so that nothing begins early. */
    private Uni<Void> begin(Instant start) {
        Duration wait = Duration.between(clock.now(), start);
        return wait.isNegative() || wait.isZero() ? Uni.createFrom().voidItem() : after(wait.plusMillis(1));
    }

    private static Uni<Void> after(Duration wait) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait);
    }

    /** By identity. */
    private static final class Waiter {
        private final int n;
        private final Runnable waiting;
        private final BooleanSupplier givenUp;
        private final UniEmitter<? super Instant> emitter;

        Waiter(int n, Runnable waiting, BooleanSupplier givenUp, UniEmitter<? super Instant> emitter) {
            this.n = n;
            this.waiting = waiting;
            this.givenUp = givenUp;
            this.emitter = emitter;
        }
    }
}
