package org.campaignrecovery.worker.sending.email.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the lines of the server together to replies. */
final class ReplyReader {
    private static final int CODE_LENGTH = 3;

    private final List<String> lines = new ArrayList<>();

    /**
     * One line, without its end.
     *
     * @return the reply that it completes
     * @throws IllegalArgumentException if it is no line of a reply
     */
    Optional<SmtpReply> line(String line) {
        if (line.length() < CODE_LENGTH || !line.substring(0, CODE_LENGTH).chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("not a reply of an SMTP server: " + line);
        }
        boolean more = line.length() > CODE_LENGTH && line.charAt(CODE_LENGTH) == '-';
        lines.add(line.length() > CODE_LENGTH ? line.substring(CODE_LENGTH + 1) : "");
        if (more) {
            return Optional.empty();
        }
        SmtpReply reply = new SmtpReply(Integer.parseInt(line.substring(0, CODE_LENGTH)), List.copyOf(lines));
        lines.clear();
        return Optional.of(reply);
    }
}
