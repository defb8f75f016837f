package org.campaignrecovery.api.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.OrderFieldNames;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.webhook.CallbackConfig;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.consent.UnsubscribeFooter;

import io.smallrye.mutiny.Uni;

/** Everything that must hold for content before it is stored, and again before it is submitted. Fails with a problem that lists it all. */
@ApplicationScoped
public class ContentCheck {
    private final LedgerClock clock;
    private final OrderFieldNames orders;
    private final ChannelConfig channels;
    private final CallbackConfig callbacks;

    ContentCheck(LedgerClock clock, OrderFieldNames orders, ChannelConfig channels, CallbackConfig callbacks) {
        this.callbacks = callbacks;
        this.clock = clock;
        this.orders = orders;
        this.channels = channels;
    }

    /** The content of a request that may be stored. */
    Uni<CampaignContent> read(CampaignRequest request) {
        if (request == null) {
            throw ProblemType.MALFORMED_JSON.problem("a JSON object is expected as the body");
        }
        RequestReader reader = new RequestReader(request);
        CampaignContent content = reader.read();
        return check(content, reader.errors()).replaceWith(content);
    }

    /** Whether the content may go on to approval. */
    Uni<Void> submittable(CampaignContent content) {
        List<FieldError> off = content.channels().stream().filter(channel -> !channels.isOn(channel))
                .map(channel -> new FieldError("channels", channels.offSentence(channel))).toList();
        return check(content, Stream.concat(off.stream(), withoutLink(content)).toList());
    }

    private Stream<FieldError> withoutLink(CampaignContent content) {
        return callbacks.publicUrl().isPresent()
                ? Stream.empty()
                : new TemplateRules(content).partsWith(UnsubscribeFooter.FIELD).map(part -> new FieldError(part,
                        "uses {{%s}}, and there are no such links here: PUBLIC_URL is not set".formatted(UnsubscribeFooter.FIELD)));
    }

    /** All that an author would be told about the content. */
    public Uni<List<FieldError>> findings(CampaignDocument campaign) {
        CampaignContent content = CampaignContent.of(campaign);
        TemplateRules templates = new TemplateRules(content);
        List<FieldError> findings = new ArrayList<>(ContentRules.errors(content, clock.now()));
        findings.addAll(templates.errors());
        return orders.unknown(templates.fields()).map(unknown -> Stream.concat(findings.stream(), templates.unknown(unknown).stream())
                .toList());
    }

    private Uni<Void> check(CampaignContent content, List<FieldError> known) {
        Set<String> named = known.stream().map(error -> error.field().split("\\.")[0]).collect(Collectors.toSet());
        List<FieldError> errors = new ArrayList<>(known);
        ContentRules.errors(content, clock.now()).stream().filter(error -> !saidAlready(error, named)).forEach(errors::add);
        TemplateRules templates = new TemplateRules(content);
        errors.addAll(templates.errors());
        if (!errors.isEmpty()) {
            throw ProblemType.VALIDATION.problem(errors);
        }
        return orders.unknown(templates.fields()).invoke(unknown -> {
            if (!unknown.isEmpty()) {
                throw ProblemType.VALIDATION.problem(templates.unknown(unknown));
            }
        }).replaceWithVoid();
    }

    /** What could not be read is missing only because of that. */
    private static boolean saidAlready(FieldError error, Set<String> named) {
        return named.contains(error.field()) || error.field().equals("targetedCustomerIds") && named.contains("audience");
    }

}
