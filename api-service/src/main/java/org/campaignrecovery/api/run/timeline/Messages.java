package org.campaignrecovery.api.run.timeline;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.run.RunCountsRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.SentSpan;

import io.smallrye.mutiny.Uni;

/** The first and the last message that was accepted; the last one only once the run has ended. */
@ApplicationScoped
class Messages implements TimelineSource {
    private final RunCountsRepository accounts;

    Messages(RunCountsRepository accounts) {
        this.accounts = accounts;
    }

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        return accounts.of(List.of(run.id)).map(sums -> entries(run, sums.get(run.id).sent()));
    }

    private static List<TimelineEntry> entries(RunDocument run, SentSpan ofBatches) {
        SentSpan sent = new SentSpan(run.firstSentAt, run.lastSentAt).plus(ofBatches);
        TimelineEntry first = TimelineEntry.of(sent.first(), TimelineEvent.FIRST_MESSAGE, null);
        return run.state.active() ? List.of(first) : List.of(first, TimelineEntry.of(sent.last(), TimelineEvent.LAST_MESSAGE, null));
    }
}
