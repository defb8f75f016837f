package org.campaignrecovery.api.notification;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Telling another system what becomes of campaigns. */
@ConfigMapping(prefix = "campaign.notifications")
public interface NotificationConfig {

    /** NOTIFICATION_WEBHOOK_URL: where notifications are posted; without it there are none. */
    Optional<URI> webhookUrl();

    /** NOTIFICATION_WEBHOOK_SECRET: what they are signed with, at least 16 characters; the receiver has the same. */
    Optional<String> webhookSecret();

    /** How often the ledger is looked at for something to tell. */
    @WithDefault("PT5S")
    Duration every();

    /** How long the receiver has to answer. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Pause after the first attempt, doubled for each further one up to the longest. */
    @WithDefault("PT10S")
    Duration firstDelay();

    @WithDefault("PT1H")
    Duration maxDelay();

    /** A notification is given up when it could not be delivered for so long. */
    @WithDefault("P3D")
    Duration maxAge();
}
