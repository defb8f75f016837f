package org.campaignrecovery.worker.sending.email;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import org.campaignrecovery.worker.sending.SendingConfig;

import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.mail.MailClient;

/**
 * Makes the mailer's reactive client. Quarkus' own producer has no setting for a socket's idle time-out, and without one a server that
 * accepts and hangs would keep a connection for ever; see docs/decisions/0003-own-smtp-client-settings.md.
 */
@ApplicationScoped
class SmtpClients {

    @Produces
    @Smtp
    @ApplicationScoped
    MailClient client(Vertx vertx, EmailConfig smtp, SendingConfig sending) {
        MailConfig config = new MailConfig();
        config.setHostname(smtp.host().orElse("localhost"));
        config.setPort(smtp.port());
        smtp.username().ifPresent(config::setUsername);
        smtp.password().ifPresent(config::setPassword);
        config.setSsl(smtp.tls() == EmailConfig.Tls.TLS);
        config.setStarttls(switch (smtp.tls()) {
            case STARTTLS -> StartTLSOptions.REQUIRED;
            case OPTIONAL -> StartTLSOptions.OPTIONAL;
            case OFF, TLS -> StartTLSOptions.DISABLED;
        });
        config.setMaxPoolSize(sending.email().connections());
        config.setKeepAlive(true);
        config.setKeepAliveTimeout((int) smtp.keepAlive().toMillis()).setKeepAliveTimeoutUnit(TimeUnit.MILLISECONDS);
        config.setPoolCleanerPeriod(1).setPoolCleanerPeriodUnit(TimeUnit.SECONDS);
        config.setConnectTimeout((int) sending.providerTimeout().dividedBy(2).toMillis());
        config.setIdleTimeout((int) sending.providerTimeout().minusSeconds(1).toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        config.setMetricsName("mail");
        return MailClient.create(vertx, config);
    }
}
