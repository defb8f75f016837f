package org.campaignrecovery.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.explore.Explorer.Result;
import org.campaignrecovery.model.explore.ResultsProtocol.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two processes that let a campaign go and count again what late evidence has changed. */
class ResultsProtocolTest {

    @Test
    void everyPropertyHoldsForABulkCampaign() {
        holds("a bulk campaign", 1, CampaignStatus.PROCESSING);
    }

    @Test
    void everyPropertyHoldsForARecurringCampaign() {
        holds("a recurring campaign", 2, CampaignStatus.PROCESSING);
    }

    @Test
    void everyPropertyHoldsForACancelledCampaign() {
        holds("a cancelled campaign", 1, CampaignStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(ResultsRule.class)
    void withoutARuleThereIsAScheduleThatNeedsIt(ResultsRule rule) {
        Result result = explore("without " + rule, rule == ResultsRule.RESULTS_AT_THE_REVISION ? 2 : 1, CampaignStatus.PROCESSING,
                Set.of(rule));
        assertThat(result.violation()).as("%s: %s", rule, result).isNotNull();
    }

    /** Who accounts for a cancelled campaign a second time must not bring back the sums of before the evidence. */
    @Test
    void aCancelledCampaignIsAccountedForAtItsRevision() {
        Result result = explore("cancelled, without its revision", 1, CampaignStatus.CANCELLED, Set.of(ResultsRule.LEAVE_AT_THE_REVISION));
        assertThat(result.violation()).as(result.toString()).isNotNull();
    }

    private static void holds(String what, int runs, CampaignStatus from) {
        Result result = explore(what, runs, from, Set.of());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    private static Result explore(String what, int runs, CampaignStatus from, Set<ResultsRule> without) {
        ResultsProtocol protocol = new ResultsProtocol(runs, from, without);
        Result result = new Explorer<>(protocol::next, protocol::violation, protocol::atRest).explore(protocol.start(new Budget(2, 1)));
        System.out.printf("results, %s: %,d states, %s%n", what, result.states(), result.violation());
        return result;
    }
}
