package org.campaignrecovery.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.SuccessorTable.assertSuccessors;
import static org.campaignrecovery.model.SuccessorTable.reachable;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;

class RunStateTest {

    @Test
    void theSuccessorsAreTheDesigns() {
        assertSuccessors(RunState.class, RunState::successors, "planning -> sending cancelled failed",
                "sending -> completed cancelled failed",
                "missed -> planning", "completed -> sending", "cancelled ->", "failed -> planning");
    }

    @Test
    void aMissedRunCanStillReachEveryState() {
        assertThat(reachable(RunState.MISSED, RunState::successors)).isEqualTo(EnumSet.allOf(RunState.class));
    }

    @Test
    void workersLookAfterRunsThatPlanOrSend() {
        assertThat(RunState.values()).filteredOn(RunState::active).containsExactly(RunState.PLANNING, RunState.SENDING);
    }
}
