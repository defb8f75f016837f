package org.campaignrecovery.api.limit;

import jakarta.validation.constraints.Min;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How often one address may call what needs no log-in, at this process. Generous, as many people share an address: a mail provider
 * unsubscribes all its users from a few addresses and follows all links of a campaign when it arrives, and Twilio tells of all messages.
 */
@ConfigMapping(prefix = "campaign.limit")
public interface LimitConfig {

    /** Calls a second of links to unsubscribe, in the long run. */
    @Min(1)
    @WithDefault("20")
    int unsubscribePerSecond();

    /** Calls of links to unsubscribe that may come at once. */
    @Min(1)
    @WithDefault("400")
    int unsubscribeBurst();

    /** Calls a second of webhooks, in the long run. */
    @Min(1)
    @WithDefault("500")
    int webhooksPerSecond();

    /** Calls of webhooks that may come at once. */
    @Min(1)
    @WithDefault("5000")
    int webhooksBurst();
}
