package org.campaignrecovery.api.recovery;

import java.time.Duration;

import jakarta.enterprise.inject.spi.CDI;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.startup.LedgerGate;

/** An observer with its schedulers off: it sees dead leases and frees none. */
public final class TestLeases {

    private TestLeases() {
    }

    public static DeadLeaseSweep observer(Duration deadAfter) {
        return new DeadLeaseSweep(bean(LeaseRepository.class), bean(LedgerGate.class), new ScheduleConfig() {
            @Override
            public boolean enabled() {
                return false;
            }

            @Override
            public Duration every() {
                return Duration.ofSeconds(1);
            }

            @Override
            public Duration lookAhead() {
                return Duration.ZERO;
            }

            @Override
            public String defaultRegion() {
                return "US";
            }
        }, bean(SweepConfig.class), new LeaseConfig() {
            @Override
            public Duration deadAfter() {
                return deadAfter;
            }

            @Override
            public Duration longestGap() {
                return Duration.ofSeconds(30);
            }
        }, bean(RecoveryMeters.class));
    }

    public static void pass(DeadLeaseSweep observer) {
        observer.sweep().await().atMost(Duration.ofSeconds(20));
    }

    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }
}
