package org.campaignrecovery.model.template;

/**
 * An e-mail for one customer.
 *
 * @param subject one line
 * @param html or null when the campaign has none
 * @param text or null when the campaign has none
 */
public record RenderedEmail(String subject, String html, String text) {
}
