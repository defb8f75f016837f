package org.campaignrecovery.model.template;

/**
 * What is wrong in a part of a campaign's content.
 *
 * @param part where, as the API names it: {@code email.subject}, {@code email.html}, {@code email.text} or {@code sms.body}
 */
public record ContentError(String part, TemplateError error) {
    @Override
    public String toString() {
        return part + ", " + error;
    }
}
