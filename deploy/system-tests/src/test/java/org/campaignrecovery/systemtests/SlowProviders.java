package org.campaignrecovery.systemtests;

import java.time.Duration;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultFile;
import org.campaignrecovery.local.fault.FaultKind;

/** Both providers take their time, so that messages are in the air whenever somebody is told to stop. */
final class SlowProviders {
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration LESS_SO = Duration.ofMillis(300);

    private SlowProviders() {
    }

    static void begin(FaultFile faults) {
        faults.set(Fault.of(FaultKind.SMTP_SLOW).share(0.5).lasting(LESS_SO), Fault.of(FaultKind.SMTP_SLOW).lasting(SLOW),
                Fault.of(FaultKind.SMS_SLOW).share(0.5).lasting(LESS_SO), Fault.of(FaultKind.SMS_SLOW).lasting(SLOW));
    }
}
