package org.campaignrecovery.model.audience;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Which customers are meant, by their order history. A condition that is null is none; all others must hold. A customer without an order
 * (all of theirs were cancelled) has no last order and meets no condition about it.
 *
 * @param countries any of them, in whichever case they are written
 * @param lastOrderAfter the last order was placed then or later
 * @param lastOrderBefore the last order was placed earlier
 * @param minTotalSpent at least so much, as {@link OrderHistory#totalSpent()} counts it
 * @param maxTotalSpent at most so much
 * @param minOrders at least so many
 * @param maxOrders at most so many
 */
public record CustomerFilter(List<String> countries, Instant lastOrderAfter, Instant lastOrderBefore, Double minTotalSpent,
        Double maxTotalSpent, Integer minOrders, Integer maxOrders) {

    public CustomerFilter {
        countries = countries == null ? null : List.copyOf(countries);
    }

    public boolean accepts(OrderHistory history) {
        return acceptsCountry(history.country()) && acceptsLastOrder(history.lastOrder()) && acceptsTotal(history.totalSpent())
                && (minOrders == null || history.orders() >= minOrders) && (maxOrders == null || history.orders() <= maxOrders);
    }

    private boolean acceptsCountry(String country) {
        return countries == null || country != null && countries.stream().anyMatch(country::equalsIgnoreCase);
    }

    private boolean acceptsLastOrder(Instant lastOrder) {
        return (lastOrderAfter == null || lastOrder != null && !lastOrder.isBefore(lastOrderAfter))
                && (lastOrderBefore == null || lastOrder != null && lastOrder.isBefore(lastOrderBefore));
    }

    private boolean acceptsTotal(BigDecimal total) {
        return (minTotalSpent == null || total.compareTo(decimal(minTotalSpent)) >= 0)
                && (maxTotalSpent == null || total.compareTo(decimal(maxTotalSpent)) <= 0);
    }

    /** As it is written: 0.1 is a tenth. */
    private static BigDecimal decimal(Double value) {
        return new BigDecimal(value.toString());
    }
}
