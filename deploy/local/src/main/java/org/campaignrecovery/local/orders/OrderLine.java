package org.campaignrecovery.local.orders;

import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.Document;
import org.bson.json.JsonParseException;

/** A line of a file of orders: one document in MongoDB's extended JSON. */
final class OrderLine {

    private OrderLine() {
    }

    /** @throws BadOrder with a sentence when {@code line} is no order */
    static Document parse(String line) throws BadOrder {
        Document order;
        try {
            order = Document.parse(line);
        } catch (JsonParseException | BsonInvalidOperationException | BsonSerializationException | IllegalArgumentException e) {
            throw new BadOrder("is not extended JSON: " + e.getMessage());
        }
        Object id = order.get("order_id");
        if (id == null || id instanceof String text && text.isBlank()) {
            throw new BadOrder("has no order_id");
        }
        return order;
    }

    /** A line that cannot be loaded, and why. */
    static final class BadOrder extends Exception {
        private static final long serialVersionUID = 1;

        BadOrder(String message) {
            super(message);
        }
    }
}
