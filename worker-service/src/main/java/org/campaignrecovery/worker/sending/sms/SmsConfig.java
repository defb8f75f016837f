package org.campaignrecovery.worker.sending.sms;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Twilio. Without an account the channel is off. */
@ConfigMapping(prefix = "campaign.twilio")
public interface SmsConfig {

    /** {@code TWILIO_ACCOUNT_SID}. */
    Optional<String> accountSid();

    /** {@code TWILIO_AUTH_TOKEN}. */
    Optional<String> authToken();

    /** {@code TWILIO_FROM}: the sender's number. */
    Optional<String> from();

    /** {@code TWILIO_MESSAGING_SERVICE_SID}, instead of a number. */
    Optional<String> messagingServiceSid();

    /** {@code PUBLIC_URL}: where Twilio reaches the api to tell what becomes of a message; without it, it is not asked to. */
    Optional<String> publicUrl();

    /** {@code TWILIO_API_BASE}: another server than Twilio's, for tests. */
    Optional<String> apiBase();
}
