package org.campaignrecovery.worker.sending.email;

import java.util.Optional;

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
    Tls tls();

    /** {@code MAIL_FROM}: the sender's address. */
    @WithDefault("campaigns@localhost.localdomain")
    String from();

    /** How a connection is protected. */
    enum Tls {
        /** Plain; only for a server on this machine or network. */
        OFF,
        /** Encrypted by STARTTLS when the server offers it. */
        OPTIONAL,
        /** STARTTLS or nothing. */
        STARTTLS,
        /** TLS from the first byte (port 465). */
        TLS
    }
}
