package org.campaignrecovery.worker.sending.email.smtp;

/**
 * An envelope and its content.
 *
 * @param from bare address for MAIL FROM
 * @param to bare address for RCPT TO
 * @param content header and body in ASCII, lines ended as they like
 */
public record SmtpMessage(String from, String to, String content) {
}
