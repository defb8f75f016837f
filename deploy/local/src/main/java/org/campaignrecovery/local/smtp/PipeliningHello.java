package org.campaignrecovery.local.smtp;

import java.io.IOException;

import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * EHLO that offers PIPELINING (RFC 2920), as mail servers in use do and the library's own does not, though it takes commands that were sent
 * ahead.
 */
final class PipeliningHello extends BaseCommand {

    PipeliningHello() {
        super("EHLO", "Introduce yourself.", "<hostname>");
    }

    @Override
    public void execute(String command, Session session) throws IOException {
        String[] words = getArgs(command);
        if (words.length < 2) {
            session.sendResponse("501 Syntax: EHLO hostname");
            return;
        }
        session.resetMailTransaction();
        session.setHelo(words[1]);
        session.sendResponse(String.join("\r\n250-", "250-" + session.getServer().getHostName(), "8BITMIME", "PIPELINING", "SMTPUTF8",
                "SIZE " + session.getServer().getMaxMessageSize()) + "\r\n250 Ok");
    }
}
