package org.campaignrecovery.worker.sending.email.smtp;

/** How far the dialogue about a message had come (RFC 5321). Before {@link #FINAL} the server cannot have taken the message. */
public enum SmtpPhase {
    CONNECT,
    GREETING,
    HELLO,
    TLS,
    AUTHENTICATION,
    /** MAIL, RCPT and DATA, until the server asks for the message. */
    ENVELOPE,
    /** The message, without the dot that ends it. */
    BODY,
    /** The final dot is being written, or its reply awaited: without a reply nobody can know. */
    FINAL
}
