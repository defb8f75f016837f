package org.campaignrecovery.ledger.campaign;

import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;

import org.campaignrecovery.ledger.campaign.CampaignDocument.Performance;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;

/** Sums of results. */
public final class CampaignPerformance {
    static final Performance NONE = new Performance(0, 0, 0, 0, 0, null, null);

    private CampaignPerformance() {
    }

    /** The results of one run that has totals, over its channels. */
    public static Performance of(RunDocument run) {
        Counts counts = run.totals.values().stream().map(Counts::fromWire).reduce(Counts.NONE, Counts::plus);
        return new Performance(1, counts.planned(), counts.get(SENT), counts.get(FAILED), counts.get(IN_DOUBT), run.firstSentAt,
                run.lastSentAt);
    }

    static Performance plus(Performance a, Performance b) {
        SentSpan sent = new SentSpan(a.firstSentAt(), a.lastSentAt()).plus(new SentSpan(b.firstSentAt(), b.lastSentAt()));
        return new Performance(a.runs() + b.runs(), a.planned() + b.planned(), a.sent() + b.sent(), a.failed() + b.failed(),
                a.inDoubt() + b.inDoubt(), sent.first(), sent.last());
    }
}
