package org.campaignrecovery.api.webhook;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** How providers reach this service and how it knows them. Without both settings their calls are refused. */
@ConfigMapping(prefix = "campaign.callbacks")
public interface CallbackConfig {

    /** {@code PUBLIC_URL}: where the world reaches the api. The provider signs it. */
    Optional<String> publicUrl();

    /** {@code TWILIO_AUTH_TOKEN}: what it signs with. */
    Optional<String> twilioAuthToken();
}
