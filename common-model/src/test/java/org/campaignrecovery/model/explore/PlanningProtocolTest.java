package org.campaignrecovery.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.campaignrecovery.model.explore.Explorer.Result;
import org.campaignrecovery.model.explore.PlanningProtocol.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two planners of one run, with the product's own decisions, and the schedule that each rule answers. */
class PlanningProtocolTest {

    @Test
    void everyPropertyHoldsWithPagesOfOneCustomer() {
        Result result = explore(1, new Budget(1, 1), Set.of());
        System.out.printf("planning, pages of one: %,d states%n", result.states());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @Test
    void everyPropertyHoldsWithPagesOfTwo() {
        Result result = explore(2, new Budget(1, 0), Set.of());
        System.out.printf("planning, pages of two: %,d states%n", result.states());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @ParameterizedTest
    @EnumSource(PlanningRule.class)
    void withoutARuleThereIsAScheduleThatNeedsIt(PlanningRule rule) {
        Result result = explore(1, new Budget(1, 0), Set.of(rule));
        System.out.printf("planning without %s after %,d states: %s%n", rule, result.states(), result.violation());
        assertThat(result.violation()).as("%s: %s", rule, result).isNotNull();
    }

    private static Result explore(int pageSize, Budget budget, Set<PlanningRule> without) {
        PlanningProtocol protocol = new PlanningProtocol(pageSize, without);
        return new Explorer<>(protocol::next, protocol::violation, protocol::atRest).explore(protocol.start(budget));
    }
}
