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
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
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
        return batches.ofRun(run.id).collect().in(() -> new Sum(run), Sum::add).map(Sum::totals);
    }

    /**
     * Writes the totals of a run that has ended once again, and its campaign's performance. Of one that has not it raises the revision, so
     * that somebody who has added up its batches already does not complete it with those sums.
     *
     * @return whether the totals show what the batches show now; false when the run has changed meanwhile: try again
     */
    public Uni<Boolean> takeAgain(String runId) {
        return runs.byId(runId).chain(run -> {
            if (run == null || run.state == RunState.PLANNING) {
                return Uni.createFrom().item(true);
            }
            GuardedUpdate update = RunRules.recounted(run.id, run.rev);
            return run.totals == null
                    ? runs.won(update)
                    : of(run).chain(totals -> runs.won(update.with(totals.changes()))).call(() -> results.takeAgain(run.campaignId));
        });
    }

    /** Adds up batches as they are read: a large run has hundreds of thousands. */
    private static final class Sum {
        private final Map<Channel, Counts> counts = new LinkedHashMap<>();
        private SentSpan sent = SentSpan.NONE;

        Sum(RunDocument run) {
            run.frozen.channels().forEach(channel -> counts.put(channel, Counts.NONE));
        }

        void add(BatchDocument batch) {
            counts.computeIfPresent(batch.channel(), (channel, sum) -> sum.plus(batch.vector()));
            sent = sent.plus(batch.sent());
        }

        Totals totals() {
            Map<String, Map<String, Long>> totals = new LinkedHashMap<>();
            counts.forEach((channel, sum) -> totals.put(channel.wire(), sum.toWire()));
            return new Totals(totals, sent);
        }
    }
}
