package org.campaignrecovery.bench.rates;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.Document;
import org.campaignrecovery.bench.ours.CampaignWatch;
import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.bench.stage.BenchStage;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.comparison.LedgerComparison;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/** Campaigns under a rate, and what came of them. */
final class Rated {
    /** So many seconds' worth of messages are sent when a worker is killed. */
    private static final int SECONDS_UNTIL_DEATH = 10;
    private static final int KILLED = 2;

    private final BenchStage stage;
    private final Campaigns campaigns;
    private final CampaignWatch watch;

    Rated(BenchStage stage) {
        this.stage = stage;
        this.campaigns = stage.campaigns();
        this.watch = new CampaignWatch(campaigns);
    }

    /** As fast as the workers may. */
    void warmUp(int customers) {
        watch.awaitEnd(campaigns.launch(draft(customers)));
    }

    RatesReport.Row measure(RateCase rated) throws IOException {
        CampaignDraft draft = draft(rated.customers());
        String campaign = campaigns.launch(rated.limit() == RateCase.Limit.CAMPAIGN
                ? draft.with("delivery", Map.of("ratePerSecond", rated.perSecond()))
                : draft);
        if (rated.work() == RateCase.Work.DEATH) {
            watch.awaitSent(campaign, (long) rated.perSecond() * SECONDS_UNTIL_DEATH);
            stage.killWorker(KILLED);
        }
        RunProgress run = watch.awaitEnd(campaign);
        LedgerComparison both = LedgerComparison.of(stage.ledger(), run.id(), stage.smtpRecord(), stage.smsRecord());
        boolean complete = both.disagreements().isEmpty() && both.email().receivedTwice() == 0
                && both.email().sent() + both.email().inDoubt() == run.planned("email")
                && (both.email().inDoubt() == 0 || rated.work() == RateCase.Work.DEATH);
        return new RatesReport.Row(rated, Arrivals.of(stage.smtpRecord(), run.id()), senders(run.id()), complete);
    }

    private CampaignDraft draft(int customers) {
        CampaignDraft everybody = OurCampaign.draft(Instant.now());
        return customers == RateCase.OF_TWO_COUNTRIES
                ? everybody.with("audience", Map.of("filter", Map.of("countries", List.of("Germany", "France"))))
                : everybody.without("audience").with("targetedCustomerIds", stage.someCustomers(customers));
    }

    /** Processes that have claimed messages of the run: a claim begins with their name. */
    private int senders(String run) {
        Set<String> processes = new HashSet<>();
        for (Document delivery : stage.ledger().getCollection("deliveries").find(Filters.eq("run", run))
                .projection(Projections.include("claim"))) {
            String claim = delivery.getString("claim");
            processes.add(claim.substring(0, claim.lastIndexOf(':')));
        }
        return processes.size();
    }
}
