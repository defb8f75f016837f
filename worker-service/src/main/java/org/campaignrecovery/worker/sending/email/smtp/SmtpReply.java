package org.campaignrecovery.worker.sending.email.smtp;

import java.util.List;
import java.util.Locale;

/** A reply of the server, of one or more lines (RFC 5321, 4.2). {@code lines} are without their codes. */
public record SmtpReply(int code, List<String> lines) {
    private static final int SERVICE_CLOSING = 421;

    public boolean positive() {
        return code >= 200 && code < 400;
    }

    /** Worth another try later. */
    public boolean transientFailure() {
        return code >= 400 && code < 500;
    }

    /** The server is closing the connection, whatever the command was. */
    public boolean closing() {
        return code == SERVICE_CLOSING;
    }

    /** Whether a reply to EHLO names this extension. */
    boolean offers(String extension) {
        return lines.stream().skip(1).map(line -> line.toUpperCase(Locale.ROOT).split("[ =]", 2)[0]).anyMatch(extension::equals);
    }

    /** Whether a reply to EHLO names this way to authenticate. */
    boolean offersAuthentication(String mechanism) {
        return lines.stream().skip(1).map(line -> line.toUpperCase(Locale.ROOT)).filter(line -> line.startsWith("AUTH"))
                .anyMatch(line -> List.of(line.split("[ =]")).contains(mechanism));
    }

    @Override
    public String toString() {
        return code + " " + String.join(" / ", lines);
    }
}
