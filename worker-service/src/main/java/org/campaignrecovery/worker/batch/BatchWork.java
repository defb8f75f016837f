package org.campaignrecovery.worker.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.worker.delivery.ControlReader;
import org.campaignrecovery.worker.delivery.DeliveryMeters;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.delivery.DeliveryRepository.Standing;
import org.campaignrecovery.worker.delivery.GroupWork;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.Circuits;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.trace.GroupTraces;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The work on a leased batch, from its preparation to its closing or hand-back. Ends early when the lease is lost. */
@ApplicationScoped
public class BatchWork {
    private static final Logger LOG = Logger.getLogger(BatchWork.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    private final BatchRepository batches;
    private final DeliveryRepository deliveries;
    private final Relief relief;
    private final GroupWork groups;
    private final Closing closing;
    private final Doubt doubt;
    private final ControlReader control;
    private final Continuity continuity;
    private final DeliveryMeters meters;
    private final LedgerClock clock;
    private final BatchConfig config;
    private final SendingConfig sending;
    private final Circuits circuits;
    private final Stopping stopping;
    private final GroupTraces traces;

    BatchWork(BatchRepository batches, DeliveryRepository deliveries, Relief relief, GroupWork groups, Closing closing,
            Doubt doubt, ControlReader control, Continuity continuity, DeliveryMeters meters, LedgerClock clock, BatchConfig config,
            SendingConfig sending,
            Circuits circuits, Stopping stopping, GroupTraces traces) {
        this.batches = batches;
        this.deliveries = deliveries;
        this.relief = relief;
        this.groups = groups;
        this.closing = closing;
        this.doubt = doubt;
        this.control = control;
        this.continuity = continuity;
        this.meters = meters;
        this.clock = clock;
        this.config = config;
        this.sending = sending;
        this.circuits = circuits;
        this.stopping = stopping;
        this.traces = traces;
    }

    /** Completes when this process has put the batch down. An outage of the ledger is sat out as long as the lease is not lost. */
    Uni<Void> work(BatchHold hold, RunContent run) {
        return sitOut(hold, relief.relieve(hold, continuity.doubts(run.scheduledFor())).chain(() -> doubt.adopt(hold, run)))
                .chain(() -> rounds(hold, run));
    }

    private Uni<Void> rounds(BatchHold hold, RunContent run) {
        return Uni.createFrom().deferred(() -> hold.lost() ? Uni.createFrom().item(false) : sitOut(hold, round(hold, run))).repeat()
                .withDelay(BETWEEN_ROUNDS).whilst(again -> again).collect().last().replaceWithVoid();
    }

    /** Whether another round is needed. */
    private Uni<Boolean> round(BatchHold hold, RunContent run) {
        return control.read(run).chain(reading -> {
            if (hold.lost()) {
                return Uni.createFrom().item(false);
            }
            if (stopping.now()) {
                return handBack(hold, null);
            }
            if (reading.resting()) {
                return handBack(hold, reading.control() == Control.OUTSIDE_WINDOW
                        ? ControlReader.opening(run, clock.now())
                        : clock.now().plus(config.rest()));
            }
            boolean sends = reading.control() == Control.SENDING;
            Duration pause = circuits.of(hold.channel()).pause();
            if (sends && !pause.isZero()) {
                return handBack(hold, clock.now().plus(pause));
            }
            Uni<Void> work = sends ? send(hold, run) : cancel(hold, reading.control());
            return work.chain(() -> stopping.now() || hold.lost()
                    ? Uni.createFrom().item(!hold.lost())
                    : closing.close(hold, run, sends ? doubt.policy(run) : OnDoubt.HOLD));
        });
    }

    /** A group that fails does not touch the others: what they have claimed or handed over must be recorded. */
    private Uni<Void> send(BatchHold hold, RunContent run) {
        return deliveries.claimable(hold.id(), hold.batch().members(), hold.epoch()).chain(members -> {
            List<Uni<Void>> work = new ArrayList<>();
            int size = groups.size(run, hold.channel());
            for (int from = 0; from < members.size(); from += size) {
                List<DeliveryDocument> group = members.subList(from, Math.min(from + size, members.size()));
                int number = from / size;
                work.add(Uni.createFrom().deferred(
                        () -> hold.lost() || stopping.now()
                                ? Uni.createFrom().voidItem()
                                : traces.group(hold.trace(), number, group, groups.send(hold, run, group))));
            }
            work.add(Uni.createFrom().<Void>voidItem().invoke(hold::allBegun));
            return Multi.createFrom().iterable(work).onItem().transformToUni(group -> group).collectFailures()
                    .merge(groups.atOnce(hold.channel())).collect().asList().replaceWithVoid();
        });
    }

    private Uni<Void> cancel(BatchHold hold, Control why) {
        String reason = why == Control.ENDED ? "the campaign's end date passed while it was sending" : "the campaign was cancelled";
        return deliveries
                .modified(DeliveryRules.cancel(hold.id(), hold.batch().members(), hold.epoch(), reason, clock.now()))
                .invoke(cancelled -> meters.moved(hold.channel(), DeliveryState.CANCELLED, cancelled))
                .invoke(cancelled -> LOG.infof("cancelled n=%d batch=%s run=%s: %s", cancelled, hold.id(), hold.batch().run(), reason))
                .replaceWithVoid();
    }

    private Uni<Boolean> handBack(BatchHold hold, Instant notBefore) {
        hold.putDown();
        return deliveries.standing(hold.batch().members())
                .invoke(found -> found.forEach(member -> hold.moved(List.of(member.id()), member.state())))
                .chain(found -> batches.won(BatchRules.handBack(hold.id(), hold.epoch(), hold.counts(), notBefore, clock.now())
                        .with(BatchRules.sent(hold.batch().sent().plus(Standing.sent(found))))))
                .replaceWith(false);
    }

    private static <T> Uni<T> sitOut(BatchHold hold, Uni<T> step) {
        return step.onFailure().invoke(failure -> LOG.warnf("batch=%s epoch=%d waits for the ledger: %s", hold.id(), hold.epoch(),
                failure)).onFailure(failure -> !hold.lost()).retry().withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely();
    }
}
