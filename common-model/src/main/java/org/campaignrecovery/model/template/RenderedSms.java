package org.campaignrecovery.model.template;

/** An SMS for one customer. */
public record RenderedSms(String body) {
}
