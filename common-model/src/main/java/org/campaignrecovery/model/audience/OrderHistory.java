package org.campaignrecovery.model.audience;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the orders of one customer say about their buying. Cancelled orders are no orders here; the country counts like every contact
 * field, whose value a cancelled order may hold, too.
 *
 * @param country the most recent one, or null
 * @param lastOrder when the most recent order was placed; null without an order that has a readable date
 * @param orders how many
 * @param totalSpent sum over the orders, less the credit notes (negative totals, cancelled or not)
 */
public record OrderHistory(String country, Instant lastOrder, long orders, BigDecimal totalSpent) {
}
