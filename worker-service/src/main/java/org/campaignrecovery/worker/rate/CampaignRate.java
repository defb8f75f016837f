package org.campaignrecovery.worker.rate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.rate.Reservation;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents.RunContent;

import io.smallrye.mutiny.Uni;

/**
 * The campaign's {@code ratePerSecond}, a channel each, shared by all workers through the ledger. Tokens are taken before the claim, so
 * that nothing waits for them in {@code sending}; tokens of messages that are not sent after all are lost.
 */
@ApplicationScoped
public class CampaignRate {
    private static final Duration LONGEST_STEP = Duration.ofMillis(500);

    private final RateRepository rates;
    private final LedgerClock clock;
    /** One reservation of this process at a time per rate: the others of a busy rate would only lose to it. */
    private final Map<String, Permits> turns = new ConcurrentHashMap<>();

    CampaignRate(RateRepository rates, LedgerClock clock) {
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Completes when {@code n} messages of the run may begin on the channel; at once when the campaign has no rate.
     *
     * @param waiting told now and then while there is nothing to do but wait
     * @param givenUp asked now and then whether there is still somebody to wait for; if not, completes early
     */
    public Uni<Void> await(RunContent run, Channel channel, int n, Runnable waiting, BooleanSupplier givenUp) {
        Integer perSecond = run.frozen().delivery().ratePerSecond();
        if (perSecond == null) {
            return Uni.createFrom().voidItem();
        }
        String key = run.campaignId() + ":" + channel.wire();
        return turns.computeIfAbsent(key, k -> new Permits(1)).acquire()
                .chain(turn -> reserve(key, n, perSecond).eventually(turn::release))
                .chain(reservation -> waitFor(reservation, waiting, givenUp));
    }

    private Uni<Reservation> reserve(String key, int n, int perSecond) {
        return rates.free(key).chain(seen -> {
            Reservation reservation = Reservation.of(seen, clock.now().truncatedTo(ChronoUnit.MILLIS), n, perSecond);
            Instant next = reservation.next().truncatedTo(ChronoUnit.MILLIS);
            return rates.take(key, seen, next).chain(won -> won ? Uni.createFrom().item(reservation) : reserve(key, n, perSecond));
        });
    }

    private Uni<Void> waitFor(Reservation reservation, Runnable waiting, BooleanSupplier givenUp) {
        Duration wait = reservation.waitFrom(clock.now());
        if (wait.isZero() || givenUp.getAsBoolean()) {
            return Uni.createFrom().voidItem();
        }
        waiting.run();
        Duration step = wait.compareTo(LONGEST_STEP) < 0 ? wait : LONGEST_STEP;
        return Uni.createFrom().voidItem().onItem().delayIt().by(step).chain(() -> waitFor(reservation, waiting, givenUp));
    }
}
