package org.campaignrecovery.api.audience;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whom, unless customers are named one by one: one of the three.
 *
 * @param allCustomers everybody who has an order
 * @param filter those with this order history when a run is planned
 * @param storedList the campaign's list of ids, which {@code PUT /api/campaigns/{id}/audience.csv} replaces
 */
public record AudienceRequest(Boolean allCustomers, Filter filter, Boolean storedList) {

    /**
     * Conditions about a customer's orders, all of which must hold. Cancelled orders are none; credit notes lessen the total.
     *
     * @param countries any of them
     * @param lastOrderAfter like {@code startDate}: the last order was placed then or later
     * @param lastOrderBefore like {@code startDate}: the last order was placed earlier
     */
    @Schema(name = "AudienceFilterRequest")
    public record Filter(List<String> countries, String lastOrderAfter, String lastOrderBefore, Double minTotalSpent, Double maxTotalSpent,
            Integer minOrders, Integer maxOrders) {
    }
}
