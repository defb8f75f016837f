package org.campaignrecovery.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.Function;

import org.campaignrecovery.model.explore.CompletionProtocol.Budget;
import org.campaignrecovery.model.explore.CompletionProtocol.World;
import org.campaignrecovery.model.explore.Explorer.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two processes that send, complete, count and order again, with the product's own rules. */
class CompletionProtocolTest {
    private static final Function<CompletionProtocol, World> FIRST_END = protocol -> protocol.sending(new Budget(0, 0, 1, 1, 0, 0));
    private static final Function<CompletionProtocol, World> EVIDENCE = protocol -> protocol
            .completedInDoubt(new Budget(0, 0, 0, 2, 0, 1));
    private static final Function<CompletionProtocol, World> AN_ORDER = protocol -> protocol
            .completedInDoubt(new Budget(1, 1, 1, 1, 0, 0));
    private static final Function<CompletionProtocol, World> TWO_ORDERS = protocol -> protocol
            .completedInDoubt(new Budget(2, 1, 1, 0, 0, 0));

    @Test
    void everyPropertyHoldsUntilTheFirstEnd() {
        holds("sent to its end", 2, FIRST_END);
    }

    @Test
    void everyPropertyHoldsWhenTheCampaignIsCancelled() {
        holds("cancelled", 1, protocol -> protocol.sending(new Budget(0, 1, 1, 1, 1, 0)));
        holds("cancelled while it is ordered again", 1, protocol -> protocol.completedInDoubt(new Budget(1, 0, 1, 0, 1, 0)));
    }

    @Test
    void everyPropertyHoldsThroughAnOrderAndEvidence() {
        holds("an order and evidence", 1, AN_ORDER);
    }

    @Test
    void everyPropertyHoldsThroughTwoOrders() {
        holds("two orders", 1, TWO_ORDERS);
    }

    @Test
    void everyPropertyHoldsWhileEvidenceComesIn() {
        holds("evidence of two batches", 2, EVIDENCE);
    }

    @ParameterizedTest
    @EnumSource(CompletionRule.class)
    void withoutARuleThereIsAScheduleThatNeedsIt(CompletionRule rule) {
        Result result = switch (rule) {
            case COMPLETE_AT_THE_REVISION -> explore("without " + rule, 2, FIRST_END, Set.of(rule));
            case CLEAR_AFTER_THE_TOTALS, CLEAR_WHAT_WAS_COUNTED, TOTALS_AT_THE_REVISION -> explore("without " + rule, 2, EVIDENCE,
                    Set.of(rule));
            case ORDER_THE_RUN_THAT_WAS_SEEN -> explore("without " + rule, 1, TWO_ORDERS, Set.of(rule));
            default -> explore("without " + rule, 1, AN_ORDER, Set.of(rule));
        };
        assertThat(result.violation()).as("%s: %s", rule, result).isNotNull();
    }

    private static void holds(String what, int batches, Function<CompletionProtocol, World> start) {
        Result result = explore(what, batches, start, Set.of());
        assertThat(result.violation()).as(result.toString()).isNull();
    }

    private static Result explore(String what, int batches, Function<CompletionProtocol, World> start, Set<CompletionRule> without) {
        CompletionProtocol protocol = new CompletionProtocol(batches, without);
        Result result = new Explorer<>(protocol::next, protocol::violation, protocol::atRest).explore(start.apply(protocol));
        System.out.printf("completion, %s: %,d states, %s%n", what, result.states(), result.violation());
        return result;
    }
}
