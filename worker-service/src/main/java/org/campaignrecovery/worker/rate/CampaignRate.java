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
 * that nothing waits for them in {@code sending}, and only shortly before they are used, so that a worker that dies or stops takes next to
 * none with it; tokens of messages that are not sent after all are lost.
 */
@ApplicationScoped
public class CampaignRate {
    private static final Duration LONGEST_STEP = Duration.ofMillis(500);

    private final RateRepository rates;
    private final LedgerClock clock;
    /** One of this process at a time asks for a rate: the others would only lose to it. */
    private final Map<String, Permits> turns = new ConcurrentHashMap<>();

    CampaignRate(RateRepository rates, LedgerClock clock) {
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Completes when {@code n} messages of the run may begin on the channel; at once when the campaign has no rate.
     *
     * @param waiting told now and then while there is nothing to do but wait
     * @param givenUp asked now and then whether there is still somebody to wait for; if not, completes early and takes nothing
     */
    public Uni<Void> await(RunContent run, Channel channel, int n, Runnable waiting, BooleanSupplier givenUp) {
        Integer perSecond = run.frozen().delivery().ratePerSecond();
        return perSecond == null ? Uni.createFrom().voidItem() : await(key(run.campaignId(), channel), n, perSecond, waiting, givenUp);
    }

    static String key(String campaignId, Channel channel) {
        return campaignId + ":" + channel.wire();
    }

    private Uni<Void> await(String key, int n, int perSecond, Runnable waiting, BooleanSupplier givenUp) {
        Permits turn = turns.computeIfAbsent(key, k -> new Permits(1));
        Runnable allWait = () -> {
            waiting.run();
            turn.waitOn();
        };
        return turn.acquire(waiting)
                .chain(mine -> take(key, n, perSecond, allWait, givenUp).eventually(mine::release))
                .chain(this::begin);
    }

    /** @return when it may begin: now, when it was given up */
    private Uni<Instant> take(String key, int n, int perSecond, Runnable waiting, BooleanSupplier givenUp) {
        if (givenUp.getAsBoolean()) {
            return Uni.createFrom().item(clock.now());
        }
        return rates.free(key).chain(seen -> {
            Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
            Reservation reservation = Reservation.of(seen, now, n, perSecond);
            Duration early = reservation.tooEarlyBy(now);
            if (!early.isZero()) {
                waiting.run();
                return after(early.compareTo(LONGEST_STEP) < 0 ? early : LONGEST_STEP)
                        .chain(() -> take(key, n, perSecond, waiting, givenUp));
            }
            return rates.take(key, seen, reservation.next().truncatedTo(ChronoUnit.MILLIS)).chain(won -> won
                    ? Uni.createFrom().item(reservation.start())
                    : take(key, n, perSecond, waiting, givenUp));
        });
    }

    private Uni<Void> begin(Instant start) {
        Duration wait = Duration.between(clock.now(), start);
        return wait.isNegative() || wait.isZero() ? Uni.createFrom().voidItem() : after(wait);
    }

    private static Uni<Void> after(Duration wait) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait);
    }
}
