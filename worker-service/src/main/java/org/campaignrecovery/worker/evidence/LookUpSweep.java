package org.campaignrecovery.worker.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.evidence.DoubtfulBatchRepository.Doubtful;
import org.campaignrecovery.worker.sending.sms.SmsLookUp;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Looks through the ledger for SMS in doubt that it is time to ask the provider about, of any run, completed ones too, and asks, gently, one
 * after the other. Any number of processes may do so at once. What is not due is not read again until it is, or its batch has changed.
 */
@ApplicationScoped
class LookUpSweep {
    private static final Logger LOG = Logger.getLogger(LookUpSweep.class);

    private final DoubtfulBatchRepository batches;
    private final DoubtfulDeliveryRepository deliveries;
    private final LookingUp lookingUp;
    private final SmsLookUp provider;
    private final LedgerGate gate;
    private final Stopping stopping;
    private final LedgerClock clock;
    private final Duration pause;
    private final boolean enabled;
    private volatile Map<Doubtful, Instant> resting = Map.of();

    LookUpSweep(DoubtfulBatchRepository batches, DoubtfulDeliveryRepository deliveries, LookingUp lookingUp, SmsLookUp provider,
            LedgerGate gate, Stopping stopping, LedgerClock clock, LookUpConfig config,
            @ConfigProperty(name = "campaign.schedulers.enabled") boolean schedulers) {
        this.batches = batches;
        this.deliveries = deliveries;
        this.lookingUp = lookingUp;
        this.provider = provider;
        this.gate = gate;
        this.stopping = stopping;
        this.clock = clock;
        this.pause = Duration.ofSeconds(1).dividedBy(Math.max(1, config.perSecond()));
        this.enabled = schedulers && config.enabled();
    }

    @Scheduled(every = "${campaign.look-up.every:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return enabled && gate.isOpen() && !stopping.now() && provider.isOn()
                ? pass().onFailure().invoke(failure -> LOG.debugf("doubt could not be looked through: %s", failure.getMessage()))
                        .onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    /** One look through all doubt; completes when everything due was asked about. */
    Uni<Void> pass() {
        Map<Doubtful, Instant> before = resting;
        Map<Doubtful, Instant> after = new HashMap<>();
        return batches.ofSms().chain(found -> Multi.createFrom().iterable(found).onItem().transformToUniAndConcatenate(batch -> {
            Instant rest = before.get(batch);
            return rest != null && rest.isAfter(clock.now())
                    ? Uni.createFrom().voidItem().invoke(() -> after.put(batch, rest))
                    : look(batch).invoke(next -> after.put(batch, next)).replaceWithVoid();
        }).collect().asList()).invoke(() -> resting = after).replaceWithVoid();
    }

    /** When there is something to ask about again, the far future for never. */
    private Uni<Instant> look(Doubtful seen) {
        return batches.byId(seen.id()).chain(batch -> deliveries.among(batch.members())).chain(doubts -> {
            Instant now = clock.now();
            Map<Boolean, List<DeliveryDocument>> byDue = doubts.stream()
                    .collect(Collectors.partitioningBy(doubt -> due(doubt).filter(at -> !at.isAfter(now)).isPresent()));
            Instant next = byDue.get(false).stream().map(this::due).flatMap(Optional::stream).min(Instant::compareTo).orElse(Instant.MAX);
            return Multi.createFrom().iterable(byDue.get(true)).onItem().transformToUniAndConcatenate(this::askGently).collect().asList()
                    .replaceWith(byDue.get(true).isEmpty() ? next : now);
        });
    }

    private Optional<Instant> due(DeliveryDocument doubt) {
        return lookingUp.policy().due(doubt.claimedAt() == null ? doubt.at() : doubt.claimedAt(),
                doubt.lookUps() == null ? 0 : doubt.lookUps(), doubt.lookUpAt());
    }

    private Uni<Void> askGently(DeliveryDocument doubt) {
        return stopping.now()
                ? Uni.createFrom().voidItem()
                : lookingUp.ask(doubt).onFailure()
                        .invoke(failure -> LOG.warnf("delivery=%s could not be looked up (%s): it is asked about again", doubt.id(),
                                failure.getMessage()))
                        .onFailure().recoverWithNull().onItem().delayIt().by(pause);
    }
}
