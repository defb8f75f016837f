package org.campaignrecovery.worker.sending.email.smtp;

/** A message as it goes over the wire between DATA's reply and the final dot. */
final class MessageText {

    private MessageText() {
    }

    /** Ends every line with CRLF, whatever it ended with, and doubles a dot that begins one (RFC 5321, 4.5.2). */
    static String onTheWire(String message) {
        StringBuilder wire = new StringBuilder(message.length() + message.length() / 32);
        boolean lineBegins = true;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '\r') {
                if (i + 1 < message.length() && message.charAt(i + 1) == '\n') {
                    continue;
                }
                c = '\n';
            }
            if (c == '\n') {
                wire.append("\r\n");
                lineBegins = true;
                continue;
            }
            if (lineBegins && c == '.') {
                wire.append('.');
            }
            lineBegins = false;
            wire.append(c);
        }
        return lineBegins ? wire.toString() : wire.append("\r\n").toString();
    }
}
