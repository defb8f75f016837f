package org.campaignrecovery.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;
import org.junit.jupiter.api.Test;

class RunRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ID = "c1@2026-11-23T08:00:00Z";

    private final Map<String, Object> run = new HashMap<>(Map.of("_id", ID, "state", "planning", "round", 0L, "placed", true, "rev", 0L,
            "planner", new HashMap<>(Map.of("epoch", 0L, "hb", 0L))));

    @Test
    void oneOfTwoPlannersWins() {
        assertThat(apply(RunRules.takePlanning(ID, 0, 0, "a"))).isTrue();
        assertThat(apply(RunRules.takePlanning(ID, 0, 0, "b"))).isFalse();
        assertThat(run).containsEntry("planner", Map.of("owner", "a", "epoch", 1L, "hb", 1L));
    }

    @Test
    void aDeposedPlannerCanNeitherBeatNorGiveBackNorFailTheRun() {
        apply(RunRules.takePlanning(ID, 0, 0, "a"));
        apply(RunRules.takePlanning(ID, 1, 1, "b"));
        assertThat(apply(RunRules.plannerHeartbeat(ID, 1))).isFalse();
        assertThat(apply(RunRules.releasePlanning(ID, 1))).isFalse();
        assertThat(apply(RunRules.failPlanning(ID, 1, "no audience", NOW))).isFalse();
        assertThat(apply(RunRules.failPlanning(ID, 2, "no audience", NOW))).isTrue();
        assertThat(run).containsEntry("state", "failed").containsEntry("reason", "no audience");
    }

    @Test
    void aRunIsCompletedOnceAndOnlyInTheRoundThatWasRead() {
        assertThat(apply(RunRules.complete(ID, 0, rev(), NOW))).as("still planning").isFalse();
        assertThat(apply(RunRules.planned(ID, NOW))).isTrue();
        assertThat(apply(RunRules.planned(ID, NOW.plusSeconds(1)))).isFalse();
        assertThat(run).as("when it was first known to be planned").containsEntry("plannedAt", NOW);
        run.put("round", 1L);
        assertThat(apply(RunRules.complete(ID, 0, rev(), NOW))).as("an order came in between").isFalse();
        run.put("placed", false);
        assertThat(apply(RunRules.complete(ID, 1, rev(), NOW))).as("the order has not reached every batch").isFalse();
        run.put("placed", true);
        long seen = rev();
        assertThat(apply(RunRules.recounted(ID, seen))).as("late evidence while the totals are added up").isTrue();
        assertThat(apply(RunRules.complete(ID, 1, seen, NOW))).as("with totals of before the evidence").isFalse();
        assertThat(apply(RunRules.cancelled(ID, 1, seen, NOW))).as("with totals of before the evidence").isFalse();
        assertThat(apply(RunRules.complete(ID, 1, rev(), NOW))).isTrue();
        assertThat(apply(RunRules.complete(ID, 1, rev(), NOW))).isFalse();
        assertThat(run).containsEntry("state", "completed").containsEntry("rev", 3L);
    }

    @Test
    void anOrderOpensACompletedRunOnceAndNobodyCompletesItBeforeItIsPlaced() {
        assertThat(apply(RunRules.order(ID, 0, 0))).as("still planning").isFalse();
        apply(RunRules.planned(ID, NOW));
        assertThat(apply(RunRules.order(ID, 0, 1))).as("still sending").isFalse();
        apply(RunRules.complete(ID, 0, rev(), NOW));
        GuardedUpdate order = RunRules.order(ID, 0, 2);
        assertThat(apply(order)).isTrue();
        assertThat(run).containsEntry("state", "sending").containsEntry("round", 1L).containsEntry("placed", false)
                .doesNotContainKey("finishedAt");
        assertThat(apply(order)).as("another's order for what was seen before").isFalse();
        assertThat(apply(RunRules.complete(ID, 1, rev(), NOW))).isFalse();
        assertThat(apply(RunRules.placed(ID, 0))).as("who placed the order before").isFalse();
        assertThat(apply(RunRules.placed(ID, 1))).isTrue();
        assertThat(apply(RunRules.complete(ID, 0, rev(), NOW))).as("who read the round before").isFalse();
        assertThat(apply(RunRules.complete(ID, 1, rev(), NOW))).isTrue();
        assertThat(apply(order)).isFalse();
    }

    private long rev() {
        return (Long) run.get("rev");
    }

    private boolean apply(GuardedUpdate update) {
        return InMemoryGuards.apply(run, update);
    }
}
