package org.campaignrecovery.worker.sending.email.smtp;

import java.time.Duration;

/**
 * The server and how to speak to it.
 *
 * @param username null for no authentication
 * @param greeting the name with which we greet it
 * @param timeout the longest time from the first command about a message to the reply to its final dot
 * @param idle a connection unused for longer is not used again
 * @param beforeDot how long, beside a round trip, the connection must have stayed open after a message for its final dot to follow
 */
public record SmtpSettings(String host, int port, Security security, String username, String password, String greeting, Duration timeout,
        Duration idle, Duration beforeDot) {

    /** How a connection is protected. */
    public enum Security {
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
