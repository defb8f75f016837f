package org.campaignrecovery.worker.sending.email.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

import org.campaignrecovery.worker.sending.email.smtp.SmtpSettings.Security;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What is said before the first message: greeting, EHLO, STARTTLS, AUTH. */
final class SmtpOpening {
    private final SmtpConnection connection;
    private final SmtpSettings settings;

    SmtpOpening(SmtpConnection connection, SmtpSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    Future<SmtpConnection> open() {
        return connection.reply().compose(connection::expectPositive).compose(greeting -> hello()).compose(this::secure)
                .compose(this::authenticate).map(hello -> {
                    connection.pipelining(hello.offers("PIPELINING"));
                    return connection;
                });
    }

    private Future<SmtpReply> hello() {
        connection.enter(SmtpPhase.HELLO);
        return connection.say("EHLO " + settings.greeting());
    }

    private Future<SmtpReply> secure(SmtpReply hello) {
        boolean wanted = settings.security() == Security.STARTTLS || settings.security() == Security.OPTIONAL;
        if (!wanted || connection.socket().isSsl()) {
            return Future.succeededFuture(hello);
        }
        if (!hello.offers("STARTTLS")) {
            return settings.security() == Security.OPTIONAL
                    ? Future.succeededFuture(hello)
                    : Future.failedFuture(new SmtpFailedException(SmtpPhase.TLS,
                            "the SMTP server offers no STARTTLS: set SMTP_TLS to off, optional or tls"));
        }
        connection.enter(SmtpPhase.TLS);
        return connection.say("STARTTLS").compose(ready -> upgrade()).compose(encrypted -> hello());
    }

    private Future<Void> upgrade() {
        Promise<Void> upgraded = Promise.promise();
        connection.socket().upgradeToSsl(upgraded);
        return upgraded.future()
                .recover(failure -> Future.failedFuture(new SmtpFailedException(SmtpPhase.TLS, "no TLS: " + failure.getMessage())));
    }

    private Future<SmtpReply> authenticate(SmtpReply hello) {
        if (settings.username() == null) {
            return Future.succeededFuture(hello);
        }
        connection.enter(SmtpPhase.AUTHENTICATION);
        if (hello.offersAuthentication("PLAIN")) {
            return connection.say("AUTH PLAIN " + base64("\0" + settings.username() + "\0" + settings.password())).map(hello);
        }
        if (hello.offersAuthentication("LOGIN")) {
            return connection.say("AUTH LOGIN").compose(user -> connection.say(base64(settings.username())))
                    .compose(password -> connection.say(base64(settings.password()))).map(hello);
        }
        return Future.failedFuture(new SmtpFailedException(SmtpPhase.AUTHENTICATION,
                "the SMTP server offers neither AUTH PLAIN nor AUTH LOGIN, but SMTP_USERNAME is set"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
