package org.campaignrecovery.worker.sending.email;

import java.time.Duration;
import java.util.Optional;

import org.campaignrecovery.worker.sending.email.smtp.SmtpSettings.Security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The SMTP server. Without a host the channel is off. */
@ConfigMapping(prefix = "campaign.smtp")
public interface EmailConfig {

    /** {@code SMTP_HOST}. */
    Optional<String> host();

    /** {@code SMTP_PORT}. */
    @WithDefault("587")
    int port();

    /** {@code SMTP_USERNAME}. */
    Optional<String> username();

    /** {@code SMTP_PASSWORD}. */
    Optional<String> password();

    /** {@code SMTP_TLS}. */
    @WithDefault("starttls")
    Security tls();

    /** {@code MAIL_FROM}: the sender's address. */
    @WithDefault("campaigns@localhost.localdomain")
    String from();

    /** A connection unused for so long is not used again: shorter than any server's own time-out. */
    @WithDefault("30s")
    Duration idle();

    /**
     * How long, beside one round trip, a connection must have stayed open after a message for the final dot to follow: a server that closes
     * in mid-message is seen to do so before there is any doubt.
     */
    @WithDefault("10ms")
    Duration beforeDot();
}
