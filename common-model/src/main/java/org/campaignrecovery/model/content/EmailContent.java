package org.campaignrecovery.model.content;

/**
 * What an e-mail says; {@code subject}, {@code html} and {@code text} are logic-less Mustache templates.
 *
 * @param fromName the display name of the sender, or null
 */
public record EmailContent(String subject, String html, String text, String fromName) {
}
