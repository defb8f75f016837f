package org.campaignrecovery.worker.batch;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.RunTraces;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.batch.Parking;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.event.CampaignBatch;
import org.campaignrecovery.model.lease.ProgressDeadline;
import org.campaignrecovery.worker.batch.ChannelSlots.Slot;
import org.campaignrecovery.worker.delivery.ControlReader;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.Circuits;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Takes the lease of a batch, exactly as the batch was seen, and sets its work going. */
@ApplicationScoped
public class BatchTaker {
    private static final Logger LOG = Logger.getLogger(BatchTaker.class);
    private static final int LOOKS_AT_ONCE = 32;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(3);

    /** What came of an attempt to take a batch. */
    public enum Taken {
        /** It is leased to this process and its work goes on. */
        LEASED,
        /** It needs nothing from us now: closed, leased, resting, paused, its provider is left alone, or somebody else was quicker. */
        NOT_NEEDED,
        /** It could be taken, but this process has no free slot. */
        NO_SLOT,
        /** There is no such batch or run. */
        UNKNOWN
    }

    private final BatchRepository batches;
    private final BatchSlots slots;
    private final BatchWork work;
    private final RunContents contents;
    private final ControlReader control;
    private final LedgerClock clock;
    private final String bootId;
    private final Circuits circuits;
    private final Stopping stopping;
    private final BatchConfig config;
    private final RunTraces traces;
    private final Permits looks = new Permits(LOOKS_AT_ONCE);

    BatchTaker(BatchRepository batches, BatchSlots slots, BatchWork work, RunContents contents, ControlReader control, LedgerClock clock,
            BootId boot, Circuits circuits, Stopping stopping, BatchConfig config, RunTraces traces) {
        this.batches = batches;
        this.slots = slots;
        this.work = work;
        this.contents = contents;
        this.control = control;
        this.clock = clock;
        this.bootId = boot.value();
        this.circuits = circuits;
        this.stopping = stopping;
        this.config = config;
        this.traces = traces;
    }

    /** Takes the batch if it is ready, is not parked and its time has come; of a run that is over, whatever it waits for. */
    public Uni<Taken> takeReady(String batchId) {
        return look(batchId, null, null).map(Look::taken);
    }

    /**
     * {@link #takeReady} because somebody has rung for it, but waits for a slot and for the ledger; {@link Taken#NO_SLOT} only from a process
     * that stops.
     *
     * @param traceparent where it was rung, or null
     */
    Uni<Taken> takeRung(String batchId, String traceparent) {
        return Uni.createFrom().deferred(() -> firstLook(batchId, traceparent).chain(look -> look.inVain() && !stopping.now()
                ? lookInTurn(batchId, traceparent, look)
                : Uni.createFrom().item(look.taken))).onFailure()
                .invoke(failure -> LOG.debugf("batch=%s could not be looked at: %s", batchId, failure.getMessage())).onFailure().retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely();
    }

    /** A replayed topic has thousands of records: they are not to stand before the claims and heartbeats of those who work. */
    private Uni<Look> firstLook(String batchId, String traceparent) {
        return looks.acquire().chain(permit -> look(batchId, traceparent, null).eventually(permit::release));
    }

    /** Many wait for a slot at a time: the ledger is asked again when there is one. */
    private Uni<Taken> lookInTurn(String batchId, String traceparent, Look before) {
        return slots.await(before.channel, before.run, before.need)
                .chain(slot -> look(batchId, traceparent, slot).map(Look::taken).onItemOrFailure().invoke((taken, failure) -> {
                    if (taken != Taken.LEASED) {
                        slot.giveBack();
                    }
                }));
    }

    /** @param inHand null to take one, if there is one, should the batch need it */
    private Uni<Look> look(String batchId, String traceparent, Slot inHand) {
        return batches.byId(batchId).chain(batch -> {
            if (batch == null) {
                return Uni.createFrom().item(new Look(Taken.UNKNOWN, null, null, null));
            }
            BatchSlots.Need need = need(batch);
            Uni<Taken> taken = batch.state() == BatchState.READY
                    ? take(batch, need, traceparent, inHand)
                    : Uni.createFrom().item(Taken.NOT_NEEDED);
            return taken.map(result -> new Look(result, batch.channel(), batch.run(), need));
        });
    }

    /** What came of looking at a batch once, and the slot that it needs; nulls when there is no such batch. */
    private record Look(Taken taken, Channel channel, String run, BatchSlots.Need need) {

        boolean inVain() {
            return taken == Taken.NO_SLOT;
        }
    }

    /** Takes over the batch of a dead owner, if it still shows the epoch and heartbeat by which the owner was found dead. */
    public Uni<Taken> takeOver(String batchId, long seenEpoch, long seenHb) {
        return batches.byId(batchId).chain(batch -> batch != null && batch.state() == BatchState.LEASED && batch.epoch() == seenEpoch
                && batch.hb() == seenHb ? take(batch, BatchSlots.Need.OWNER_DIED, null, null) : Uni.createFrom().item(Taken.NOT_NEEDED));
    }

    /**
     * What waits for its time, or was opened by an operator's order, is as new. What was begun was given back, which clears {@code fruitless},
     * or freed from a dead owner, which raises it.
     */
    private static BatchSlots.Need need(BatchDocument batch) {
        if (batch.epoch() == 0 || batch.notBefore() != null || batch.order() != null) {
            return BatchSlots.Need.NEW;
        }
        return batch.fruitless() == null || batch.fruitless() == 0 ? BatchSlots.Need.GIVEN_BACK : BatchSlots.Need.OWNER_DIED;
    }

    private Uni<Taken> take(BatchDocument batch, BatchSlots.Need need, String traceparent, Slot inHand) {
        return contents.of(batch.run()).chain(run -> run == null
                ? Uni.createFrom().item(Taken.UNKNOWN)
                : control.read(run).chain(reading -> {
                    if (reading.over()) {
                        return takeWithSlot(batch, run, need == BatchSlots.Need.NEW ? BatchSlots.Need.OVER : need, traceparent, inHand);
                    }
                    boolean providerRests = !circuits.of(batch.channel()).pause().isZero();
                    if (reading.resting() || providerRests || !due(batch) || batch.parked() != null) {
                        return Uni.createFrom().item(Taken.NOT_NEEDED);
                    }
                    return Parking.isDue(batch.state(), batch.fruitless())
                            ? park(batch)
                            : takeWithSlot(batch, run, need, traceparent, inHand);
                }));
    }

    private Uni<Taken> park(BatchDocument batch) {
        return batches.won(BatchRules.park(batch.id(), batch.state(), batch.epoch(), batch.hb(), clock.now())).invoke(won -> {
            if (won) {
                LOG.errorf("parked batch=%s run=%s epoch=%d: %d owners in a row died without any progress; its run cannot complete until "
                        + "an operator releases it (POST /api/batches/{id}/release)", batch.id(), batch.run(), batch.epoch(),
                        Parking.FRUITLESS_LEASES);
            }
        }).replaceWith(Taken.NOT_NEEDED);
    }

    private boolean due(BatchDocument batch) {
        return batch.notBefore() == null || !batch.notBefore().isAfter(clock.now());
    }

    private Uni<Taken> takeWithSlot(BatchDocument batch, RunContent run, BatchSlots.Need need, String traceparent, Slot inHand) {
        Slot slot = inHand != null ? inHand : slots.take(batch.channel(), batch.run(), need).orElse(null);
        if (slot == null) {
            return Uni.createFrom().item(Taken.NO_SLOT);
        }
        // Asked after the slot is taken: whoever stops waits for the slots.
        if (stopping.now()) {
            slot.giveBack();
            return Uni.createFrom().item(Taken.NO_SLOT);
        }
        ProgressDeadline deadline = new ProgressDeadline(config.progressWithin(), System.nanoTime());
        return batches.won(BatchRules.take(batch.id(), batch.state(), batch.epoch(), batch.hb(), bootId, clock.now()))
                .onItemOrFailure().transformToUni((won, failure) -> {
                    if (failure != null || !won) {
                        slot.giveBack();
                        return failure != null ? Uni.createFrom().failure(failure) : Uni.createFrom().item(Taken.NOT_NEEDED);
                    }
                    begin(new BatchHold(batch, batch.epoch() + 1, deadline, taken(batch, traceparent)), run, need, slot);
                    return Uni.createFrom().item(Taken.LEASED);
                });
    }

    private Branch taken(BatchDocument batch, String traceparent) {
        Step step = traceparent == null ? Step.inside("take batch") : Step.heard("take batch", CampaignBatch.TOPIC);
        return traces.of(batch.run(), traceparent).grow(step.batch(batch.id()).epoch(batch.epoch() + 1).channel(batch.channel().wire()));
    }

    private void begin(BatchHold hold, RunContent run, BatchSlots.Need need, Slot slot) {
        if (need == BatchSlots.Need.GIVEN_BACK || need == BatchSlots.Need.OWNER_DIED) {
            LOG.infof("took over batch=%s run=%s epoch=%d: its owner showed no heartbeat or gave it back", hold.id(), hold.batch().run(),
                    hold.epoch());
        } else {
            LOG.debugf("leased batch=%s run=%s epoch=%d", hold.id(), hold.batch().run(), hold.epoch());
        }
        hold.whenAllBegun(slot::allBegun);
        slots.hold(hold);
        hold.trace().around(Step.inside("work on batch").batch(hold.id()).epoch(hold.epoch()), work.work(hold, run)).onTermination()
                .invoke(() -> {
                    slots.drop(hold);
                    slot.giveBack();
                }).subscribe().with(done -> LOG.debugf("put down batch=%s epoch=%d", hold.id(), hold.epoch()),
                        failure -> LOG.errorf(failure,
                                "batch=%s run=%s epoch=%d stopped by a failure: another lease takes it up when this one is dead",
                                hold.id(), hold.batch().run(), hold.epoch()));
    }
}
