package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.SuccessorTable.assertSuccessors;
import static org.campaignrecovery.model.SuccessorTable.reachable;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;

class DeliveryStateTest {

    @Test
    void theSuccessorsAreTheDesigns() {
        assertSuccessors(DeliveryState.class, DeliveryState::successors, "pending -> sending suppressed cancelled failed sent in_doubt",
                "sending -> sent failed retry_wait in_doubt pending suppressed cancelled",
                "retry_wait -> pending failed cancelled sent in_doubt",
                "in_doubt -> sent failed pending", "failed -> pending", "cancelled -> sent", "sent ->", "suppressed ->");
    }

    @Test
    void everyStateIsReachedAndFromEveryOpenOneABatchCanClose() {
        assertThat(reachable(DeliveryState.PENDING, DeliveryState::successors)).isEqualTo(EnumSet.allOf(DeliveryState.class));
        assertThat(DeliveryState.OPEN).allMatch(state -> state.successors().stream().anyMatch(DeliveryState.CLOSED::contains));
    }

    @Test
    void openAndClosedShareOutTheStates() {
        assertThat(DeliveryState.OPEN).doesNotContainAnyElementsOf(DeliveryState.CLOSED);
        assertThat(DeliveryState.OPEN.size() + DeliveryState.CLOSED.size()).isEqualTo(DeliveryState.values().length);
    }

    /** {@code sending} is entered by a claim of what is pending and by nothing else: whoever is sent has been claimed. */
    @Test
    void onlyWhatIsPendingIsClaimed() {
        assertThat(DeliveryState.values()).filteredOn(state -> state.canBecome(DeliveryState.SENDING))
                .containsExactly(DeliveryState.PENDING);
    }
}
