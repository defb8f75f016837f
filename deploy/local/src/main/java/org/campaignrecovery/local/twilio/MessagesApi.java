package org.campaignrecovery.local.twilio;

import java.io.IOException;
import java.time.Clock;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** The part of Twilio's Messages resource that the product uses; knows nothing of HTTP connections. */
final class MessagesApi {
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final int MAX_BODY = 1_600;

    private final AcceptedMessages messages;
    private final StatusCallbacks callbacks;
    private final String account;
    private final Clock clock;

    MessagesApi(AcceptedMessages messages, StatusCallbacks callbacks, String account, Clock clock) {
        this.messages = messages;
        this.callbacks = callbacks;
        this.account = account;
        this.clock = clock;
    }

    /** {@code POST Messages.json}: 201 once the message is on record. */
    Answer create(Map<String, String> form) throws IOException {
        String to = form.getOrDefault("To", "");
        String from = form.getOrDefault("MessagingServiceSid", form.getOrDefault("From", ""));
        String body = form.getOrDefault("Body", "");
        if (!E164.matcher(to).matches()) {
            return Answer.error(400, 21211, "Invalid 'To' Phone Number: " + to);
        }
        if (from.isBlank()) {
            return Answer.error(400, 21603, "A 'From' phone number is required.");
        }
        if (body.isEmpty()) {
            return Answer.error(400, 21602, "Message body is required.");
        }
        if (body.codePointCount(0, body.length()) > MAX_BODY) {
            return Answer.error(400, 21617, "The concatenated message body exceeds the 1600 character limit");
        }
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        TwilioMessage message = new TwilioMessage(clock.instant(), sid, to, from, body, form.get("StatusCallback"));
        messages.add(message);
        callbacks.announce(message);
        return new Answer(201, message.resource(account, "queued"));
    }

    /** {@code GET Messages/<sid>.json}. */
    Answer fetch(String sid, String path) {
        return messages.bySid(sid).map(message -> new Answer(200, resource(message))).orElseGet(() -> Answer.notFound(path));
    }

    /** {@code GET Messages.json}. */
    Answer list(String path, Map<String, String> query) {
        try {
            return new MessageList(path, query).page(messages, this::resource);
        } catch (NumberFormatException | DateTimeParseException e) {
            return Answer.error(400, 20001, "Bad parameter: " + e.getMessage());
        }
    }

    private Map<String, Object> resource(TwilioMessage message) {
        return message.resource(account, callbacks.status(message));
    }
}
