package org.campaignrecovery.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class CompletionDecisionTest {

    @Test
    void aRunIsCompleteWithExactlyTheBatchesOfItsEndPage() {
        assertThat(CompletionDecision.of(Optional.of(8L), 8)).isEqualTo(CompletionDecision.COMPLETE);
        assertThat(CompletionDecision.of(Optional.of(0L), 0)).as("an audience of nobody").isEqualTo(CompletionDecision.COMPLETE);
        assertThat(CompletionDecision.of(Optional.of(8L), 7)).isEqualTo(CompletionDecision.BATCHES_OPEN);
    }

    @Test
    void withoutAnEndPageNothingIsComplete() {
        assertThat(CompletionDecision.of(Optional.empty(), 8)).isEqualTo(CompletionDecision.STILL_PLANNING);
    }

    @Test
    void moreBatchesThanPlannedProveNothing() {
        assertThat(CompletionDecision.of(Optional.of(8L), 9)).isEqualTo(CompletionDecision.CONTRADICTION);
    }
}
