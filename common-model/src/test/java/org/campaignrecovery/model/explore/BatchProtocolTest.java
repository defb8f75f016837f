package org.campaignrecovery.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.campaignrecovery.model.explore.Explorer.Result;
import org.campaignrecovery.model.explore.World.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two processes on one batch, with the product's own rules, and the schedule that each rule answers. */
class BatchProtocolTest {

    private static final Budget ENOUGH = new Budget(1, 1, 1, 0);
    private static final Budget CANCELLED = new Budget(1, 0, 0, 1);

    @Test
    void everyPropertyHoldsForOneDelivery() {
        Result result = explore(1, new Budget(2, 1, 1, 0), Set.of());
        System.out.printf("one delivery: %,d states%n", result.states());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @Test
    void everyPropertyHoldsForADeliveryThatIsCancelled() {
        Result result = explore(1, new Budget(1, 1, 1, 1), Set.of());
        System.out.printf("one delivery, cancelled: %,d states%n", result.states());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @Test
    void everyPropertyHoldsForTwoDeliveriesWithALivingOwnerDeposed() {
        Result result = explore(2, new Budget(1, 0, 0, 0), Set.of());
        System.out.printf("two deliveries, one deposal: %,d states%n", result.states());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @Test
    void everyPropertyHoldsForTwoDeliveriesWithAnAnswerLost() {
        Result result = explore(2, new Budget(0, 0, 1, 0), Set.of());
        System.out.printf("two deliveries, one lost answer: %,d states%n", result.states());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void withoutARuleThereIsAScheduleThatNeedsIt(Rule rule) {
        Result result = explore(1, rule == Rule.CANCEL_ONLY_WHAT_WAITS ? CANCELLED : ENOUGH, Set.of(rule));
        System.out.printf("without %s after %,d states: %s%n", rule, result.states(), result.violation());
        assertThat(result.violation()).as("%s: %s", rule, result).isNotNull();
    }

    private static Result explore(int deliveries, Budget budget, Set<Rule> without) {
        BatchProtocol protocol = new BatchProtocol(deliveries, without);
        return new Explorer<>(protocol::next, protocol::violation, protocol::atRest).explore(protocol.start(budget));
    }
}
