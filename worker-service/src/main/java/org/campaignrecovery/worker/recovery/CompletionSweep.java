package org.campaignrecovery.worker.recovery;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.run.RunCompletion;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;

/** Runs whose batches are all done, but whose last worker died before it could say so. */
@ApplicationScoped
class CompletionSweep implements Sweep {
    private static final int AT_ONCE = 50;

    private final RunCompletion completion;
    private final Counter finds;
    private final Rotation turns = new Rotation(AT_ONCE);

    CompletionSweep(RunCompletion completion, RecoveryMeters meters) {
        this.completion = completion;
        this.finds = meters.finds("completion");
    }

    @Override
    public Uni<Void> sweep(List<RunDocument> active) {
        return Sweep.forEach(turns.next(active.stream().filter(run -> run.state == RunState.SENDING).toList()),
                run -> completion.check(run.id).invoke(completed -> Sweep.count(finds, completed)));
    }
}
