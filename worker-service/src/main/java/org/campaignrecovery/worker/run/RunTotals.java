package org.campaignrecovery.worker.run;

import static org.campaignrecovery.model.guard.Change.assign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.worker.batch.BatchRepository;

import io.smallrye.mutiny.Uni;

/** The totals of a run: the sum of its batches' vectors by channel. */
@ApplicationScoped
public class RunTotals {
    private final RunRepository runs;
    private final BatchRepository batches;

    RunTotals(RunRepository runs, BatchRepository batches) {
        this.runs = runs;
        this.batches = batches;
    }

    /** As the batches show them now. */
    Uni<Map<String, Map<String, Long>>> of(RunDocument run) {
        return batches.ofRun(run.id).map(found -> sum(run, found));
    }

    /** Writes the totals of a completed run again; loses, and leaves it to the next time, when the run has changed meanwhile. */
    public Uni<Void> takeAgain(String runId) {
        return runs.byId(runId).chain(run -> run == null || run.totals == null
                ? Uni.createFrom().voidItem()
                : of(run).chain(totals -> runs.won(RunRules.recounted(run.id, run.rev).with(assign("totals", totals)))).replaceWithVoid());
    }

    private static Map<String, Map<String, Long>> sum(RunDocument run, List<BatchDocument> batches) {
        Map<String, Map<String, Long>> totals = new LinkedHashMap<>();
        run.frozen.channels().forEach(channel -> totals.put(channel.wire(), batches.stream().filter(batch -> batch.channel() == channel)
                .map(BatchDocument::vector).reduce(Counts.NONE, Counts::plus).toWire()));
        return totals;
    }
}
