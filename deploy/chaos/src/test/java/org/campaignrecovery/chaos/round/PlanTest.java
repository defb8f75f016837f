package org.campaignrecovery.chaos.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;

import org.campaignrecovery.chaos.fault.FaultKind;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final int RECIPIENTS = 20_000;

    @Test
    void theSameSeedPlansTheSame() {
        assertThat(Plan.usual(17, RECIPIENTS)).isEqualTo(Plan.usual(17, RECIPIENTS)).isNotEqualTo(Plan.usual(18, RECIPIENTS));
    }

    @Test
    void twentySeedsInARowComeToEveryCrashPointAndEveryFault() {
        for (long first : new long[]{0, 1, 7, 1000}) {
            Set<CrashPoint> points = EnumSet.noneOf(CrashPoint.class);
            Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
            LongStream.range(first, first + 20).mapToObj(seed -> Plan.usual(seed, RECIPIENTS)).forEach(plan -> {
                points.addAll(plan.crashPoints().keySet());
                plan.strikes().forEach(strike -> faults.add(strike.kind()));
            });
            assertThat(points).as("from seed %d", first).containsExactlyInAnyOrder(CrashPoint.values());
            assertThat(faults).as("from seed %d", first).containsExactlyInAnyOrder(FaultKind.values());
        }
    }

    @Test
    void whereAnOrderIsToBeInterruptedThereIsDoubtToOrderAbout() {
        LongStream.range(0, 20).mapToObj(seed -> Plan.usual(seed, RECIPIENTS)).filter(Plan::orders)
                .forEach(plan -> assertThat(plan.crashPoints()).containsKey(CrashPoint.AFTER_CLAIM));
    }

    @Test
    void faultsStrikeWhileTheCampaignIsUnderWay() {
        LongStream.range(0, 20).mapToObj(seed -> Plan.usual(seed, RECIPIENTS)).flatMap(plan -> plan.strikes().stream())
                .forEach(strike -> assertThat(strike.progress()).isBetween(0.0, 0.9));
    }

    @Test
    void anApiOutlivesTheApproval() {
        Plan plan = LongStream.range(0, 20).mapToObj(seed -> Plan.usual(seed, RECIPIENTS))
                .filter(one -> one.crashPoints().containsKey(CrashPoint.CAMPAIGN_CHANGED)).findFirst().orElseThrow();
        assertThat(plan.armed(ServiceKind.API)).contains("campaign-changed:3");
        assertThat(plan.armed(ServiceKind.WORKER)).contains("campaign-changed:1");
    }

    @Test
    void fiftyKillsAreSpreadOverTheCampaign() {
        Plan plan = Plan.kills(1, 50);
        assertThat(plan.strikes()).hasSize(50).allMatch(strike -> strike.kind() == FaultKind.KILL_WORKER);
        assertThat(plan.strikes().get(49).progress()).isBetween(0.9, 0.97);
    }
}
