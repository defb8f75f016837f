package org.campaignrecovery.worker.recovery;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.run.RunCompletion;

import io.smallrye.mutiny.Uni;

/** Runs whose batches are all done, but whose last worker died before it could say so. */
@ApplicationScoped
class CompletionSweep implements Sweep {
    private final RunCompletion completion;

    CompletionSweep(RunCompletion completion) {
        this.completion = completion;
    }

    @Override
    public Uni<Void> sweep(List<RunDocument> active) {
        return Sweep.forEach(active.stream().filter(run -> run.state == RunState.SENDING).map(run -> run.id).toList(), completion::check);
    }
}
