package org.campaignrecovery.api.audience;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.audience.CustomerFilter;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Whom a campaign is for, in the form in which it can be sent back. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Audience")
public record AudienceView(Boolean allCustomers, FilterView filter, Boolean storedList) {

    /** What the filter asks of a customer's orders. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AudienceFilter")
    public record FilterView(List<String> countries, Instant lastOrderAfter, Instant lastOrderBefore, Double minTotalSpent,
            Double maxTotalSpent, Integer minOrders, Integer maxOrders) {

        static FilterView of(CustomerFilter filter) {
            return new FilterView(filter.countries(), filter.lastOrderAfter(), filter.lastOrderBefore(), filter.minTotalSpent(),
                    filter.maxTotalSpent(), filter.minOrders(), filter.maxOrders());
        }
    }

    public static AudienceView of(CampaignDocument.Audience audience) {
        if (audience.isSegment()) {
            return new AudienceView(null, null, true);
        }
        return audience.allCustomers()
                ? new AudienceView(true, null, null)
                : new AudienceView(null, FilterView.of(audience.filter()), null);
    }
}
