package org.campaignrecovery.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.campaignrecovery.model.explore.Explorer.Result;
import org.campaignrecovery.model.explore.StartProtocol.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two apis that start one campaign, with the product's own rules, and the schedule that each rule answers. */
class StartProtocolTest {

    @Test
    void everyPropertyHoldsForABulkCampaign() {
        Result result = explore("a bulk campaign", false, new Budget(2, 1), Set.of());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @Test
    void everyPropertyHoldsForARecurringCampaign() {
        Result result = explore("a recurring campaign", true, new Budget(2, 0), Set.of());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @ParameterizedTest
    @EnumSource(StartRule.class)
    void withoutARuleThereIsAScheduleThatNeedsIt(StartRule rule) {
        Result result = rule == StartRule.LEAVE_A_FAILED_RUN_AS_SEEN
                ? explore("without " + rule, false, new Budget(1, 1), Set.of(rule))
                : explore("without " + rule, true, new Budget(rule == StartRule.THE_KEY_NAMES_THE_RUN ? 2 : 1, 0), Set.of(rule));
        assertThat(result.violation()).as("%s: %s", rule, result).isNotNull();
    }

    private static Result explore(String what, boolean recurring, Budget budget, Set<StartRule> without) {
        StartProtocol protocol = new StartProtocol(recurring, without);
        Result result = new Explorer<>(protocol::next, protocol::violation, protocol::atRest).explore(protocol.start(budget));
        System.out.printf("starting, %s: %,d states, %s%n", what, result.states(), result.violation());
        return result;
    }
}
