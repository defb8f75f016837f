package org.campaignrecovery.model.consent;

import java.util.Locale;
import java.util.Set;

/** What somebody who answers an SMS wants, by the keywords that carriers and Twilio know. A keyword is the whole message. */
public enum SmsKeyword {
    /** No more messages. */
    STOP,
    /** Messages again. */
    START,
    /** Anything else. */
    NONE;

    private static final Set<String> STOPPING = Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");
    private static final Set<String> STARTING = Set.of("START", "YES", "UNSTOP");

    /** @param body of the message, or null */
    public static SmsKeyword of(String body) {
        String word = body == null ? "" : body.strip().toUpperCase(Locale.ROOT).replaceAll("[.!\"']+$", "");
        if (STOPPING.contains(word)) {
            return STOP;
        }
        return STARTING.contains(word) ? START : NONE;
    }
}
