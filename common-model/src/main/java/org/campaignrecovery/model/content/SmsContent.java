package org.campaignrecovery.model.content;

/** What an SMS says; {@code body} is a logic-less Mustache template. */
public record SmsContent(String body) {
}
