package org.campaignrecovery.model.audience;

/**
 * How the fields of an order are called that tell of a customer's history.
 *
 * @param total what was paid; negative for a credit note
 * @param cancelled true of an order that does not count as one
 */
public record HistoryFields(String country, String total, String cancelled) {
    public static final HistoryFields DEFAULT = new HistoryFields("country", "total", "cancelled");
}
