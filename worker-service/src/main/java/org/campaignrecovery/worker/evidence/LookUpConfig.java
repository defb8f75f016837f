package org.campaignrecovery.worker.evidence;

import java.time.Duration;
import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Asking the SMS provider about messages in doubt. */
@ConfigMapping(prefix = "campaign.look-up")
public interface LookUpConfig {

    /** Whether this process asks. {@code ENABLE_SCHEDULERS=false} switches it off too. */
    @WithDefault("true")
    boolean enabled();

    /** How often the ledger is asked for doubt whose time has come. */
    @WithDefault("5s")
    Duration every();

    /** How long after its claim a message is first asked about. Its claimant may still be at work before. */
    @WithDefault("40s")
    Duration after();

    /** How long after each look-up in vain the next one follows; as many as there are. */
    @WithDefault("5m,1h")
    List<Duration> again();

    /** Look-ups a second of a process. */
    @WithDefault("5")
    int perSecond();

    /** What a comparison of times on the provider's clock may be wrong by: its dates are in whole seconds. */
    @WithDefault("5s")
    Duration tolerance();

    /** How long a process that has begun to ask has for it; a provider that does not answer is asked again after that. */
    @WithDefault("60s")
    Duration patience();
}
