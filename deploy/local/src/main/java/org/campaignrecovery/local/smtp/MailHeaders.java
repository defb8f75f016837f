package org.campaignrecovery.local.smtp;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.mail.internet.MimeUtility;

import org.eclipse.angus.mail.util.MailStreamProvider;

/** The header fields of a raw message (RFC 5322): unfolded, names in any case, the first of a repeated field. */
final class MailHeaders {
    static {
        // Named here, or the mail library looks through the whole class path for it at every encoded word.
        System.setProperty("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
    }

    private final Map<String, String> fields = new LinkedHashMap<>();

    private MailHeaders() {
    }

    static MailHeaders of(byte[] message) {
        MailHeaders headers = new MailHeaders();
        StringBuilder field = new StringBuilder();
        for (String line : head(message).lines().toList()) {
            if (line.startsWith(" ") || line.startsWith("\t")) {
                field.append(line);
            } else {
                headers.add(field);
                field = new StringBuilder(line);
            }
        }
        headers.add(field);
        return headers;
    }

    /** The raw value; encoded words stay as they are. */
    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The value as a person reads it (RFC 2047 decoded). */
    Optional<String> text(String name) {
        return get(name).map(MailHeaders::decoded);
    }

    private void add(CharSequence field) {
        int colon = field.toString().indexOf(':');
        if (colon > 0) {
            String name = field.subSequence(0, colon).toString().trim().toLowerCase(Locale.ROOT);
            fields.putIfAbsent(name, field.subSequence(colon + 1, field.length()).toString().trim());
        }
    }

    private static String head(byte[] message) {
        for (int i = 1; i < message.length; i++) {
            boolean emptyLine = message[i] == '\n' && (message[i - 1] == '\n' || i > 2 && message[i - 1] == '\r' && message[i - 2] == '\n');
            if (emptyLine) {
                return new String(message, 0, i, StandardCharsets.UTF_8);
            }
        }
        return new String(message, StandardCharsets.UTF_8);
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }
}
