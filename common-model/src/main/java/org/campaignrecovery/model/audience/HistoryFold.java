package org.campaignrecovery.model.audience;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** Folds the orders of one customer, in whichever order they are read, to their history. Not thread-safe. */
final class HistoryFold {
    private final OrderFields orderFields;
    private final HistoryFields historyFields;
    private OrderPosition countryAt;
    private String country;
    private Instant lastOrder;
    private long orders;
    private BigDecimal totalSpent = BigDecimal.ZERO;

    HistoryFold(OrderFields orderFields, HistoryFields historyFields) {
        this.orderFields = orderFields;
        this.historyFields = historyFields;
    }

    void add(Map<String, ?> order) {
        OrderPosition position = OrderPosition.of(order.get(orderFields.orderDate()), order.get(orderFields.orderId()));
        boolean cancelled = "true".equals(FieldValue.textOrNull(order.get(historyFields.cancelled())));
        country(position, FieldValue.textOrNull(order.get(historyFields.country())));
        BigDecimal total = numberOrZero(order.get(historyFields.total()));
        if (!cancelled) {
            orders++;
            placed(position.date());
        }
        if (!cancelled || total.signum() < 0) {
            totalSpent = totalSpent.add(total);
        }
    }

    OrderHistory history() {
        return new OrderHistory(country, lastOrder, orders, totalSpent);
    }

    /** Two orders at one position: the greater value, so that the order of reading does not matter. */
    private void country(OrderPosition position, String value) {
        if (value == null) {
            return;
        }
        int order = countryAt == null ? 1 : position.compareTo(countryAt);
        if (order > 0 || order == 0 && value.compareTo(country) > 0) {
            countryAt = position;
            country = value;
        }
    }

    private void placed(Instant date) {
        if (!date.equals(Instant.MIN) && (lastOrder == null || date.isAfter(lastOrder))) {
            lastOrder = date;
        }
    }

    private static BigDecimal numberOrZero(Object value) {
        String text = FieldValue.textOrNull(value);
        try {
            return text == null ? BigDecimal.ZERO : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }
}
