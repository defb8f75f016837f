package org.campaignrecovery.worker.sending.email;

import java.time.Duration;
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
        config.setConnectTimeout((int) sending.providerTimeout().dividedBy(2).toMillis());
        pool(config, sending.email().connections(), sending.providerTimeout().minusSeconds(1));
        config.setMetricsName("mail");
        return MailClient.create(vertx, config);
    }

    /**
     * A pool whose connections are closed by their idle time-out only. The pool's own cleaner stays off: when it meets a connection whose
     * socket is being closed, requests for a connection are never answered again (vertx-mail-client 4.5.25; {@code SmtpClientsTest} hangs
     * with it). A connection that died while idle is found by the RSET with which each use begins, and replaced.
     */
    static void pool(MailConfig config, int connections, Duration idle) {
        config.setMaxPoolSize(connections).setKeepAlive(true);
        config.setPoolCleanerPeriod(0).setKeepAliveTimeout(0);
        config.setIdleTimeout((int) idle.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
