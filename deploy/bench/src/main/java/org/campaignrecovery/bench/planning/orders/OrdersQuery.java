package org.campaignrecovery.bench.planning.orders;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.ErrorCode;
import de.bwaldvogel.mongo.exception.MongoServerError;

/**
 * The one query that a planner asks, from the beginning or from behind a customer, and that for any order at all. Anything else is refused:
 * a wrong answer would be measured as a right one.
 *
 * @param first place of the first customer to answer with
 */
record OrdersQuery(int first, Set<String> fields) {
    private static final String CUSTOMER = "customer_id";
    private static final int BEHIND = 1;

    static OrdersQuery of(Document find, MadeUpCustomers customers) {
        if (find.get("sort") instanceof Document sort && !sort.isEmpty() && !sort.equals(new Document(CUSTOMER, 1))) {
            throw refused(find);
        }
        Document filter = find.get("filter") instanceof Document given ? given : new Document();
        Set<String> fields = find.get("projection") instanceof Document projection ? projection.keySet() : Set.of();
        return new OrdersQuery(filter.isEmpty() ? 0 : first(find, filter, customers), fields);
    }

    Iterator<Document> answer(MadeUpCustomers customers) {
        Iterator<Document> orders = customers.from(first);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return orders.hasNext();
            }

            @Override
            public Document next() {
                Document order = orders.next();
                if (!fields.isEmpty()) {
                    order.keySet().removeIf(field -> !field.equals("_id") && !fields.contains(field));
                }
                return order;
            }
        };
    }

    /** Numbers come first, and a query that begins among them names the texts, too. */
    private static int first(Document find, Document filter, MadeUpCustomers customers) {
        if (filter.get("$or") instanceof List<?> either && either.size() == 2
                && either.get(1).equals(new Document(CUSTOMER, new Document("$gte", "")))) {
            Object bound = bound(find, (Document) either.get(0));
            if (bound instanceof Number number) {
                return (int) Math.max(0, Math.min(customers.numeric(), Math.floor(number.doubleValue())));
            }
        } else if (bound(find, filter) instanceof String text && text.matches("C\\d{9}")) {
            return Integer.parseInt(text.substring(1)) + BEHIND;
        }
        throw refused(find);
    }

    /** What the customers are behind. */
    private static Object bound(Document find, Document condition) {
        if (condition.size() == 1 && condition.get(CUSTOMER) instanceof Document operator && operator.size() == 1) {
            Object greater = operator.get("$gt");
            return greater == null && Double.valueOf(Double.NEGATIVE_INFINITY).equals(operator.get("$gte")) ? -1 : greater;
        }
        throw refused(find);
    }

    private static MongoServerError refused(Document find) {
        return new MongoServerError(ErrorCode.BadValue, "these orders are made for a planner's query, not for " + find);
    }
}
