package org.campaignrecovery.worker.consent;

import java.util.Optional;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.consent.UnsubscribeFooter;
import org.campaignrecovery.model.consent.UnsubscribeLinks;
import org.campaignrecovery.model.consent.Unsubscription;
import org.campaignrecovery.model.template.EmailTemplate;
import org.campaignrecovery.model.template.RenderedEmail;
import org.campaignrecovery.model.template.RenderedSms;
import org.campaignrecovery.model.template.SmsTemplate;

/** Renders messages with their recipient's link to unsubscribe. */
public final class MessageLinks {
    /** Of an installation that the world cannot reach. */
    public static final MessageLinks NONE = new MessageLinks(null, null, "");

    private final String publicUrl;
    private final UnsubscribeLinks links;
    private final String label;

    private MessageLinks(String publicUrl, UnsubscribeLinks links, String label) {
        this.publicUrl = publicUrl;
        this.links = links;
        this.label = label;
    }

    /** @param label of the link that is added to an e-mail, as text */
    public static MessageLinks at(String publicUrl, UnsubscribeLinks links, String label) {
        return new MessageLinks(publicUrl, links, label);
    }

    /** The recipient's link; another one each time. */
    public Optional<String> unsubscribe(DeliveryDocument delivery) {
        return Optional.ofNullable(links)
                .map(sealing -> sealing.url(publicUrl, new Unsubscription(delivery.channel(), delivery.address(), delivery.run())));
    }

    /** @param url of {@link #unsubscribe}; an e-mail that has one shows it */
    public RenderedEmail email(EmailTemplate template, DeliveryDocument delivery, Optional<String> url) {
        return url.map(link -> UnsubscribeFooter.render(template, delivery.data(), link, label))
                .orElseGet(() -> template.render(delivery.data()));
    }

    /** An SMS is short: it shows the link where its author wants it, and nowhere else. */
    public RenderedSms sms(SmsTemplate template, DeliveryDocument delivery) {
        Optional<String> url = template.fields().contains(UnsubscribeFooter.FIELD) ? unsubscribe(delivery) : Optional.empty();
        return template.render(url.map(link -> UnsubscribeFooter.values(delivery.data(), link)).orElse(delivery.data()));
    }
}
