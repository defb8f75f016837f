package org.campaignrecovery.worker.run;

import static org.campaignrecovery.model.guard.Change.assign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignResults;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.worker.batch.BatchRepository;

import io.smallrye.mutiny.Uni;

/** The totals of a run: the sum of its batches' vectors by channel. */
@ApplicationScoped
public class RunTotals {
    private final RunRepository runs;
    private final BatchRepository batches;
    private final CampaignResults results;

    RunTotals(RunRepository runs, BatchRepository batches, CampaignResults results) {
        this.runs = runs;
        this.batches = batches;
        this.results = results;
    }

    /**
     * What the batches of a run show.
     *
     * @param counts by channel
     */
    record Totals(Map<String, Map<String, Long>> counts, SentSpan sent) {

        static Totals of(RunDocument run, List<BatchDocument> batches) {
            return new Totals(sum(run, batches), batches.stream().map(BatchDocument::sent).reduce(SentSpan.NONE, SentSpan::plus));
        }

        /** What the run has then. */
        List<Change> changes() {
            List<Change> changes = new ArrayList<>(List.of(assign("totals", counts)));
            if (sent.first() != null) {
                changes.add(assign("firstSentAt", sent.first()));
                changes.add(assign("lastSentAt", sent.last()));
            }
            return changes;
        }
    }

    /** As the batches show them now. */
    Uni<Totals> of(RunDocument run) {
        return batches.ofRun(run.id).map(found -> Totals.of(run, found));
    }

    /**
     * Writes the totals of a run that has ended once again, and its campaign's performance. Loses the totals, and leaves them to the next
     * time, when the run has changed meanwhile; the performance is taken from what is there then.
     */
    public Uni<Void> takeAgain(String runId) {
        return runs.byId(runId).chain(run -> run == null || run.totals == null
                ? Uni.createFrom().voidItem()
                : of(run).chain(totals -> runs.won(RunRules.recounted(run.id, run.rev).with(totals.changes())))
                        .chain(() -> results.takeAgain(run.campaignId)));
    }

    private static Map<String, Map<String, Long>> sum(RunDocument run, List<BatchDocument> batches) {
        Map<String, Map<String, Long>> totals = new LinkedHashMap<>();
        run.frozen.channels().forEach(channel -> totals.put(channel.wire(), batches.stream().filter(batch -> batch.channel() == channel)
                .map(BatchDocument::vector).reduce(Counts.NONE, Counts::plus).toWire()));
        return totals;
    }
}
