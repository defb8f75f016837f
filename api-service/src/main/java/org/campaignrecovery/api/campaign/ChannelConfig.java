package org.campaignrecovery.api.campaign;

import java.util.Optional;

import org.campaignrecovery.model.channel.Channel;

import io.smallrye.config.ConfigMapping;

/** Which channels this installation has: the same settings as the workers', here only to refuse what could not be sent. */
@ConfigMapping(prefix = "campaign.channels")
public interface ChannelConfig {

    /** SMTP_HOST; without it there is no e-mail. */
    Optional<String> smtpHost();

    /** TWILIO_ACCOUNT_SID; without it there is no SMS. */
    Optional<String> twilioAccountSid();

    /** TWILIO_AUTH_TOKEN; without it there is no SMS. */
    Optional<String> twilioAuthToken();

    /** TWILIO_FROM; without it and TWILIO_MESSAGING_SERVICE_SID there is no SMS. */
    Optional<String> twilioFrom();

    /** TWILIO_MESSAGING_SERVICE_SID; without it and TWILIO_FROM there is no SMS. */
    Optional<String> twilioMessagingServiceSid();

    default boolean isOn(Channel channel) {
        return switch (channel) {
            case EMAIL -> smtpHost().isPresent();
            case SMS -> twilioAccountSid().isPresent() && twilioAuthToken().isPresent()
                    && (twilioFrom().isPresent() || twilioMessagingServiceSid().isPresent());
        };
    }

    default String offSentence(Channel channel) {
        return switch (channel) {
            case EMAIL -> "e-mail is switched off here: SMTP_HOST is not set";
            case SMS ->
                "SMS is switched off here: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID";
        };
    }
}
