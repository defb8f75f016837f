package org.campaignrecovery.api.preview;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.CustomerRepository;
import org.campaignrecovery.api.campaign.CampaignTemplates;
import org.campaignrecovery.api.consent.Suppressions;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.consent.ConsentConfig;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.UnsubscribeFooter;
import org.campaignrecovery.model.consent.UnsubscribeLinks;
import org.campaignrecovery.model.sms.SmsLength;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.model.template.EmailTemplate;
import org.campaignrecovery.model.template.RenderedEmail;
import org.campaignrecovery.model.template.SmsTemplate;
import org.campaignrecovery.model.web.PublicUrl;

import io.smallrye.mutiny.Uni;

/** Renders a campaign for one customer as a worker would. Its link to unsubscribe belongs to nobody. */
@ApplicationScoped
class Previewing {
    private static final String NOBODYS = "preview";

    private final CustomerRepository customers;
    private final Suppressions suppressions;
    private final AddressNormaliser normaliser;
    private final ConsentConfig consent;

    Previewing(CustomerRepository customers, Suppressions suppressions, ScheduleConfig schedule, ConsentConfig consent) {
        this.customers = customers;
        this.suppressions = suppressions;
        this.normaliser = new AddressNormaliser(schedule.defaultRegion());
        this.consent = consent;
    }

    /** Fails with 404 when the customer has no order. */
    Uni<Preview> of(CampaignDocument campaign, CustomerId id) {
        ContentTemplates templates = CampaignTemplates.of(campaign).compiled();
        return customers.withId(id).map(found -> found.orElseThrow(() -> ProblemType.NOT_FOUND
                .problem("customer %s has no order; GET /api/customers?q= finds customers".formatted(id.text()))))
                .chain(customer -> {
                    Map<Channel, Normalised> addresses = addresses(customer);
                    return suppressions.among(ids(addresses)).map(suppressed -> preview(templates, customer, addresses, suppressed));
                });
    }

    private Map<Channel, Normalised> addresses(Customer customer) {
        Map<Channel, Normalised> addresses = new EnumMap<>(Channel.class);
        addresses.put(Channel.EMAIL, normaliser.normalise(Channel.EMAIL, customer.email()));
        addresses.put(Channel.SMS, normaliser.normalise(Channel.SMS, customer.phone()));
        return addresses;
    }

    private static List<String> ids(Map<Channel, Normalised> addresses) {
        return addresses.entrySet().stream().filter(one -> one.getValue().isValid())
                .map(one -> SuppressionDocument.id(one.getKey(), one.getValue().address())).toList();
    }

    private Preview preview(ContentTemplates templates, Customer customer, Map<Channel, Normalised> addresses, Set<String> suppressed) {
        List<String> missing = new ArrayList<>(templates.fields());
        missing.removeAll(customer.fields().keySet());
        if (consent.publicUrl().isPresent()) {
            missing.remove(UnsubscribeFooter.FIELD);
        }
        return new Preview(customer.id().text(), missing,
                templates.email().map(email -> email(email, customer, addresses.get(Channel.EMAIL), suppressed)).orElse(null),
                templates.sms().map(sms -> sms(sms, customer, addresses.get(Channel.SMS), suppressed)).orElse(null));
    }

    private Preview.Email email(EmailTemplate template, Customer customer, Normalised to, Set<String> suppressed) {
        RenderedEmail email = consent.publicUrl()
                .map(url -> UnsubscribeFooter.render(template, customer.fields(), link(url), consent.label()))
                .orElseGet(() -> template.render(customer.fields()));
        return new Preview.Email(to.address(), skipped(Channel.EMAIL, to, suppressed), email.subject(), email.html(), email.text());
    }

    private Preview.Sms sms(SmsTemplate template, Customer customer, Normalised to, Set<String> suppressed) {
        String body = template.render(consent.publicUrl().map(url -> UnsubscribeFooter.values(customer.fields(), link(url)))
                .orElse(customer.fields())).body();
        SmsLength length = SmsLength.of(body);
        return new Preview.Sms(to.address(), skipped(Channel.SMS, to, suppressed), body, length.encoding().name().replace('_', '-'),
                length.units(), length.segments());
    }

    private static String link(String publicUrl) {
        return PublicUrl.with(publicUrl, UnsubscribeLinks.PATH + NOBODYS);
    }

    private static String skipped(Channel channel, Normalised to, Set<String> suppressed) {
        return switch (to.kind()) {
            case NONE -> "noAddress";
            case INVALID -> "invalidAddress";
            case VALID -> suppressed.contains(SuppressionDocument.id(channel, to.address())) ? "suppressed" : null;
        };
    }
}
