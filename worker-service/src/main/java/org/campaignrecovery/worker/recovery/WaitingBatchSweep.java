package org.campaignrecovery.worker.recovery;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.batch.BatchSlots;
import org.campaignrecovery.worker.batch.BatchTaker;
import org.campaignrecovery.worker.delivery.ControlReader;
import org.campaignrecovery.worker.run.RunContents;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;

/** Batches that have been ready for longer than an event takes: their event was lost, or their time has come. */
@ApplicationScoped
class WaitingBatchSweep implements Sweep {
    private static final int AT_ONCE = 50;

    private final Rotation turns = new Rotation(AT_ONCE);
    private final BatchRepository batches;
    private final BatchSlots slots;
    private final BatchTaker taker;
    private final RunContents contents;
    private final ControlReader control;
    private final LedgerClock clock;
    private final RecoveryConfig config;
    private final Counter finds;

    WaitingBatchSweep(BatchRepository batches, BatchSlots slots, BatchTaker taker, RunContents contents, ControlReader control,
            LedgerClock clock, RecoveryConfig config, RecoveryMeters meters) {
        this.batches = batches;
        this.slots = slots;
        this.taker = taker;
        this.contents = contents;
        this.control = control;
        this.clock = clock;
        this.config = config;
        this.finds = meters.finds("waiting_batches");
    }

    @Override
    public Uni<Void> sweep(List<RunDocument> active) {
        // A turn is used up only where there is room to take something.
        return Sweep.forEach(turns.next(active.stream().filter(this::hasRoom).toList()), this::sweep);
    }

    private Uni<Void> sweep(RunDocument run) {
        return contents.of(run.id).chain(control::read).chain(reading -> reading.resting()
                ? Uni.createFrom().voidItem()
                : Sweep.forEach(run.frozen.channels(), channel -> sweep(run, channel, reading.over())));
    }

    private Uni<Void> sweep(RunDocument run, Channel channel, boolean over) {
        int free = slots.room(channel, run.id);
        if (free <= 0) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.now();
        Uni<List<BatchDocument>> found = over
                ? batches.left(run.id, channel, free)
                : batches.waiting(run.id, channel, now.minus(config.patience()), now, free);
        return found.chain(waiting -> Sweep.forEach(waiting.stream().map(BatchDocument::id).toList(),
                id -> taker.takeReady(id).invoke(taken -> Sweep.count(finds, taken == BatchTaker.Taken.LEASED))));
    }

    private boolean hasRoom(RunDocument run) {
        return run.frozen.channels().stream().anyMatch(channel -> slots.room(channel, run.id) > 0);
    }
}
